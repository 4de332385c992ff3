// Cards and rows moved by hand; what is sent is what the forms of the page send.
(() => {
  "use strict";
  const FAR = 6, HOLD = 350, INERT = "a, button, input, label, select, textarea, summary";
  const byId = (id) => document.getElementById(id);
  let held, from, moving, timer, target;

  const row = (element) => element && element.closest("#rows .row");
  const number = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join("").replace(/(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-a$4-");

  function send(word, fields) {
    const form = byId("cards"), body = new URLSearchParams(fields);
    body.append("command", number());
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    fetch(form.getAttribute("action").replace("ranger", word), { method: "POST", credentials: "same-origin", body, headers: { "X-Cahiers-Outbox": "1" } })
      .then((answer) => answer.json()).then(say).catch(() => { byId("line").textContent = byId("line").dataset.away; });
  }

  // As the page says it after a form, with the same way back.
  function say({ ok, message, undo }) {
    const notice = byId("moved").content.cloneNode(true).firstElementChild, form = notice.querySelector("form");
    notice.querySelector("p").textContent = message;
    if (!ok) notice.classList.add("error");
    if (undo) form.setAttribute("action", undo);
    else form.remove();
    byId("messages").textContent = "";
    byId("messages").append(notice);
  }

  function begin() {
    moving = held;
    moving.classList.add("moving");
    getSelection().removeAllRanges();
  }

  function aim(event) {
    moving.style.transform = `translate(${event.clientX - from.x}px, ${event.clientY - from.y}px)`;
    const under = document.elementFromPoint(event.clientX, event.clientY), now = row(under) || (moving.matches(".card") && under && under.closest("#cards"));
    if (target && target !== now) target.classList.remove("aimed");
    target = now && now !== moving ? now : null;
    if (target) target.classList.add("aimed");
    const edge = event.clientY < 60 ? -20 : event.clientY > innerHeight - 60 ? 20 : 0;
    if (edge) scrollBy(0, edge);
  }

  function end(drops) {
    clearTimeout(timer);
    if (moving) {
      moving.classList.remove("moving");
      moving.style.transform = "";
      if (target) target.classList.remove("aimed");
      if (drops && target) drop(moving, target);
      addEventListener("click", (event) => event.preventDefault(), { capture: true, once: true });
      setTimeout(() => dispatchEvent(new Event("click")));
    }
    held = moving = target = null;
  }

  function drop(what, where) {
    const to = where.id.slice(2);
    if (what.matches(".row")) {
      const seen = what.querySelector("[data-seen]").dataset.seen;
      if (!where.matches(".inbox")) send("ordonner", [["row", what.id.slice(2)], ["before", to], ["seen", seen]]);
      return;
    }
    const own = what.querySelector("[name=card]"), ticked = Array.from(document.querySelectorAll("#rows [name=card]:checked"));
    const cards = (own.checked ? ticked : [own]).map(({ value }) => ["card", value]);
    // Under the board: to the row that is chosen there, which may be on another page.
    if (where.id === "cards") {
      const { row, name } = where.elements;
      send("ranger", [["row", row.value], ["name", name.value], ...cards]);
      name.value = "";
    }
    else if (where !== row(what)) send("ranger", [["row", to], ...cards]);
    ticked.forEach((box) => { box.checked = false; });
  }

  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("#rows .card"), title = event.target.closest("#rows .row:not(.inbox) > h3");
    if (event.button || event.target.closest(INERT) || !byId("cards")) return;
    held = card || (title && row(title));
    if (!held) return;
    from = { x: event.clientX, y: event.clientY };
    if (event.pointerType === "touch") timer = setTimeout(begin, HOLD);
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const far = Math.hypot(event.clientX - from.x, event.clientY - from.y) > FAR;
    if (!moving && far) {
      if (event.pointerType === "touch") return end(false);
      begin();
    }
    if (moving) aim(event);
  });
  document.addEventListener("pointerup", () => end(true));
  document.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", ({ key }) => key === "Escape" && end(false));
  document.addEventListener("selectstart", (event) => moving && event.preventDefault());
  document.addEventListener("touchmove", (event) => moving && event.cancelable && event.preventDefault(), { passive: false });
  document.addEventListener("contextmenu", (event) => moving && event.preventDefault());
})();
