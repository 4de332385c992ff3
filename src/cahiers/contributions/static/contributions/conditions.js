// Questions that follow from an answer are hidden until it is given; what is hidden is not sent.
(() => {
  "use strict";
  const parts = Array.from(document.querySelectorAll("[data-after]"));
  const form = parts.length && parts[0].closest("form");
  if (!form) return;
  const given = (name) => Array.from(form.querySelectorAll(`[name="${name}"]:checked, [name^="${name}-"]:checked`))
    .filter((field) => !field.disabled).map((field) => field.value);
  function show() {
    // In the order of the page: a question that is hidden gives no answer to those after it.
    parts.forEach((part) => {
      const among = JSON.parse(part.dataset.among), asked = given(part.dataset.after).some((value) => among.includes(value));
      part.hidden = !asked;
      part.querySelectorAll("input, textarea").forEach((field) => { field.disabled = !asked; });
    });
  }
  parts.forEach((part) => { part.querySelector("[data-condition]").hidden = true; });
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  addEventListener("pageshow", show);
  setTimeout(show); // after a draft is put back
  show();
})();
