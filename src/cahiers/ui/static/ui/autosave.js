// What is typed in a form[data-autosave] stays in this browser until it is sent.
(() => {
  "use strict";
  if (`${new URLSearchParams(new FormData())}`) return; // browsers that cannot
  try { localStorage.length; } catch (refused) { return; }
  const rendered = new WeakMap();
  let timer;

  const name = (form) => "cahiers-draft " + form.dataset.autosave;

  function typed(form) {
    const data = new URLSearchParams(new FormData(form));
    form.querySelectorAll("[type=hidden], [type=password]").forEach((field) => data.delete(field.name));
    return `${data}`;
  }

  function keep(form, sent) {
    clearTimeout(timer);
    if (typed(form) === rendered.get(form)) localStorage.removeItem(name(form));
    else localStorage[name(form)] = JSON.stringify([typed(form), sent]);
  }

  function drop(form) {
    clearTimeout(timer);
    localStorage.removeItem(name(form));
    const line = form.querySelector("[data-autosave-line]");
    if (line) line.remove();
  }

  function restore(form) {
    rendered.set(form, typed(form));
    const [draft, sent] = JSON.parse(localStorage[name(form)] || "[]");
    if (!draft || draft === typed(form)) return;
    // Sent, unless the person came back or loaded the page again.
    if (sent && !performance.navigation.type && document.referrer.startsWith(location.origin)) return drop(form);
    Array.from(form.elements).forEach((field) => {
      const given = new URLSearchParams(draft).getAll(field.name);
      if (/radio|checkbox/.test(field.type)) field.checked = given.includes(field.value);
      else if (given[0] && !/submit|file/.test(field.type)) field.value = given[0];
    });
    form.prepend(document.querySelector("template[data-autosave]").content.cloneNode(true));
  }

  const on = (type, work) => addEventListener(type, (event) => {
    const form = event.target.form || event.target;
    if (form.matches("[data-autosave]") && !event.defaultPrevented) work(form);
  });
  on("input", (form) => { clearTimeout(timer); timer = setTimeout(keep, 400, form); });
  on("change", keep);
  on("reset", drop);
  on("submit", (form) => keep(form, true));
  document.querySelectorAll("form[data-autosave]").forEach(restore);
})();
