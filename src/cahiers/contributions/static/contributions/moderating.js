// Keys for the buttons of moderation: each presses what a mouse would, for the item that has the focus; the page that
// follows gives it to the item that took its place. Where items are ticked, it acts on those. None acts in a field, nor
// once unticked.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const items = [...document.querySelectorAll("[data-item]")];
  const keys = one("#keys"), help = one("#touches"), kept = "cahiers:keys", place = "cahiers:at";
  try {
    keys.checked = localStorage.getItem(kept) !== "off";
    keys.addEventListener("change", () => localStorage.setItem(kept, keys.checked ? "on" : "off"));
  } catch {} // storage may be forbidden
  const current = () => document.activeElement.closest("[data-item]");
  const go = (step) => {
    const next = one("[data-next]");
    if (step > 0 && items.length === 1 && current() && next) return next.click();
    const at = items.indexOf(current());
    (items[at < 0 ? 0 : Math.min(Math.max(at + step, 0), items.length - 1)] ?? document.body).focus();
  };
  const stay = () => { try { sessionStorage.setItem(place, items.indexOf(current())); } catch {} };
  const press = (name) => {
    const within = one("[name=chosen]:checked") ? one(".bulk") : current();
    const button = within && one(`button[name=${name}]`, within);
    if (!within) go(1);
    else if (button) { stay(); button.click(); }
  };
  try {
    const at = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (at >= 0 && at !== null) items[Math.min(at, items.length - 1)]?.focus();
  } catch {}
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    x() {
      const box = current() && one("[name=chosen]", current());
      if (box) box.checked = !box.checked;
      else go(1);
    },
    a: () => press("accept"),
    r: () => press("redact"),
    h() {
      if (!current() && !one("[name=chosen]:checked") && one("[name=chosen]")) return go(1);
      const box = current() && one("[name=chosen]", current());
      if (box) box.checked = true;
      stay();
      one("#reason")?.focus();
    },
    m: () => (one("[name=other]") ?? one("h2 a", current() ?? document.body))?.[one("[name=other]") ? "focus" : "click"](),
    u: () => one("#messages form button")?.click(),
    "?": () => { help.open = !help.open; one("summary", help).focus(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !keys.checked || !Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  });
})();
