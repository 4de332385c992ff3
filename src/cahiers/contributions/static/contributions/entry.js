// Sheet after sheet without a mouse: Ctrl+Enter sends, what the last one said of itself stays, the first field waits.
(() => {
  "use strict";
  const form = document.querySelector("form[data-entry]"), undo = document.getElementById("undo"), count = document.getElementById("count");
  const kept = form.dataset.entry.split(","), first = form.elements.sheet;
  let last, waiting = 0;
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector("button.go").click();
    }
  });
  form.addEventListener("submit", () => { last = new FormData(form); });
  form.addEventListener("reset", () => setTimeout(() => {
    kept.forEach((name) => Array.from(form.elements).filter((field) => field.name === name).forEach((field) => {
      const value = last && last.get(name);
      if (/radio|checkbox/.test(field.type)) field.checked = field.value === value;
      else if (value != null) field.value = value;
    }));
    first.focus();
  }));
  document.addEventListener("outbox", ({ detail: { state, answer } }) => {
    if (state === "waiting") count.value = +count.value + 1;
    if (state === "refused") count.value = Math.max(0, count.value - 1);
    if (state === "sent" && answer.entry) undo.elements.last.value = answer.entry;
    // While one is on its way, the last that arrived is not the last that was entered.
    waiting = Math.max(0, waiting + (state === "waiting" ? 1 : -1));
    undo.hidden = waiting > 0 || !undo.elements.last.value;
  });
})();
