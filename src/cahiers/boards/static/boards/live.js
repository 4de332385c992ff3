// Keeps a board's page as the server would draw it now; without this script the page is reloaded by hand.
(() => {
  "use strict";
  const board = document.getElementById("board");
  if (!board || !window.EventSource) return;
  const { code, level } = board.dataset, SILENCE = 20000;
  let last = board.dataset.position, ends = 0, source, alarm, polls = false;

  const byId = (id) => document.getElementById(id);
  const parse = (html) => new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const address = (name) => `/direct/${code}/${name}?niveau=${level}&after=${last}`;

  // What is being typed is carried over to the new element, with the cursor.
  function replace(old, fresh) {
    const focused = document.activeElement, id = old.contains(focused) && focused.id;
    old.querySelectorAll("textarea, select, input:not([type=hidden])").forEach((field) => {
      const twin = field.id && fresh.querySelector(`[id="${field.id}"]`);
      if (twin && field.value !== field.defaultValue) twin.value = field.value;
    });
    old.querySelectorAll("details[open] > summary + *").forEach((part) => {
      const twin = part.id && fresh.querySelector(`[id="${part.id}"]`);
      if (twin) twin.closest("details").open = true;
    });
    old.replaceWith(fresh);
    if (id && byId(id)) byId(id).focus();
  }

  function put([container, id, before, html]) {
    const fresh = parse(html), old = byId(id), place = byId(container), next = byId(before);
    if (old && (!place || old.nextElementSibling === next)) return replace(old, fresh);
    if (old) old.remove();
    if (place) place.insertBefore(fresh, next && next.parentNode === place ? next : null);
  }

  function state(told) {
    board.querySelectorAll("[data-state]").forEach((part) => {
      const text = String(told[part.dataset.state]);
      if (part.textContent !== text) part.textContent = text;
    });
    ends = told.ends_at ? Date.parse(told.ends_at) : 0;
    count();
  }

  function count() {
    const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
    board.querySelectorAll("[data-countdown]").forEach((part) => {
      part.textContent = ends ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : "";
    });
  }

  function change(position, told) {
    last = position;
    (told.put || []).forEach(put);
    (told.drop || []).forEach((id) => { if (byId(id)) byId(id).remove(); });
    if (told.head && byId("state")) replace(byId("state"), parse(told.head));
    if (told.panel && byId("panel")) replace(byId("panel"), parse(told.panel));
    if (told.state) state(told.state);
    fast();
  }

  // The whole again: after a long absence, and where what one sees is one's own.
  function refresh() {
    return fetch(location.href, { credentials: "same-origin" }).then((answer) => answer.text()).then((text) => {
      const page = new DOMParser().parseFromString(text, "text/html"), fresh = page.getElementById("board");
      if (!fresh) return;
      last = fresh.dataset.position;
      Array.from(fresh.children).forEach((part) => {
        const old = part.id && byId(part.id);
        if (old) replace(old, document.importNode(part, true));
      });
      fast();
    });
  }

  // Commands go to the feed, which answers without the weight of a page.
  function fast() {
    board.querySelectorAll("form[data-outbox]").forEach((form) => form.setAttribute("action", `/direct/${code}/envoi`));
  }

  const heard = () => { clearTimeout(alarm); alarm = setTimeout(poll, SILENCE); };

  function open() {
    close();
    if (document.hidden) return;
    if (polls) return poll();
    source = new EventSource(address("flux"));
    source.onopen = heard;
    source.addEventListener("change", (event) => { heard(); change(event.lastEventId, JSON.parse(event.data)); });
    source.addEventListener("resync", (event) => { heard(); last = event.lastEventId; refresh(); });
    source.addEventListener("alive", heard);
    source.onerror = () => { close(); alarm = setTimeout(open, 1000 + Math.random() * 2000); };
  }

  function close() {
    clearTimeout(alarm);
    if (source) source.close();
    source = null;
  }

  // A proxy that keeps streams back until they end: ask, again and again.
  function poll() {
    close();
    polls = true;
    fetch(address("suite"), { credentials: "same-origin" }).then((answer) => answer.json()).then((events) => {
      events.forEach(({ id, event, data }) => {
        if (event === "change") change(id, data);
        if (event === "resync") { last = id; refresh(); }
      });
      alarm = setTimeout(open, 200);
    }).catch(() => { alarm = setTimeout(open, 3000); });
  }

  // One's own words, as they leave.
  document.addEventListener("outbox", ({ detail }) => { if (detail.state === "sent") { clearTimeout(refresh.soon); refresh.soon = setTimeout(refresh, 500 + Math.random() * 1500); } });
  document.addEventListener("visibilitychange", open);
  addEventListener("pagehide", close);
  setInterval(count, 1000);
  const shown = board.querySelector("[data-countdown]");
  if (shown) ends = Date.parse(shown.dataset.countdown) || 0;
  fast();
  open();
})();
