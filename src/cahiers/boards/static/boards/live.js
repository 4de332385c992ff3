// Keeps a page as the server would draw it.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id), board = byId("board"), line = byId("line"), own = byId("own"), page = board.dataset, SILENCE = 2e4;
  let fails = 0, skew = 0, people = 9, polls, source, alarm, stale, soon = {};

  const drawn = (html, id) => new DOMParser().parseFromString(html, "text/html").getElementById(id);
  const get = (url) => fetch(url, { credentials: "same-origin" });
  const address = (name) => `/direct/${page.code}/${name}?niveau=${page.level}&after=${page.position}`;
  const typed = (part) => Array.from(part.querySelectorAll("textarea")).some(({ value, defaultValue }) => value !== defaultValue);

  function morph(old, fresh) {
    if (old.data !== fresh.data) old.data = fresh.data;
    else if (old.dataset && !old.dataset.keep) {
      Array.from(old.attributes).forEach(({ name }) => fresh.hasAttribute(name) || /^open|busy|corrects/.test(name) || old.removeAttribute(name));
      Array.from(fresh.attributes).forEach(({ name, value }) => old.getAttribute(name) === value || old.setAttribute(name, value));
      let at = old.firstChild;
      Array.from(fresh.childNodes).forEach((child) => {
        const twin = child.id ? Array.from(old.children).find(({ id }) => id === child.id) : at && !at.id && at.nodeName === child.nodeName && at;
        if (twin !== at || !at) old.insertBefore(twin || child, at);
        else at = at.nextSibling;
        if (twin) morph(twin, child);
      });
      while (at) {
        const one = at;
        at = at.nextSibling;
        if (one.nodeType > 1 || !typed(one)) one.remove();
      }
    }
  }

  function swap(id, html, fresh = drawn(html, id)) {
    if (fresh && byId(id)) morph(byId(id), fresh);
  }

  function draw(work, told) {
    const focused = document.activeElement;
    work();
    document.dispatchEvent(new CustomEvent("board", { detail: { told, swap, later } }));
    if (focused !== document.activeElement) focused.focus();
    if (window.cahiers) cahiers.outbox.renew();
    count();
  }

  function count() {
    const part = board.querySelector("[data-countdown]");
    if (!part) return;
    const left = Math.max(0, Date.parse(part.dataset.countdown) - skew - Date.now());
    part.textContent = new Date(left).toISOString().slice(left < 36e5 ? 14 : 12, 19);
  }

  function change(told) {
    draw(() => {
      (told.put || []).forEach(([container, id, , html]) => container || swap(id, html));
      swap("panel", told.panel);
      board.querySelectorAll("[data-state]").forEach((part) => { part.textContent = told.state[part.dataset.state]; });
    }, told);
    people = told.state.people;
    page.over = told.state.open ? "" : 1;
    if (told.panel) later();
    else if (told.room) later("room", "suivre/" + location.search);
  }

  function later(id = "board", url = "") {
    soon[id] = soon[id] || setTimeout(refresh, (url ? 5e3 : 400) + people * page.spread * Math.random(), id, url);
  }

  function refresh(id, url) {
    soon[id] = 0;
    stale = true;
    get(url).then((answer) => answer.text()).then((text) => {
      const fresh = drawn(text, id), was = page.position;
      stale = !fresh;
      if (fresh && byId(id)) draw(() => morph(byId(id), fresh));
      if (was > +page.position) open();
    }).catch(() => {});
  }

  function heard(event, id, data) {
    if (fails > 1) {
      line.textContent = line.dataset.back;
      setTimeout(() => fails || (line.textContent = ""), 5e3);
    }
    fails = 0;
    if (event === "change") {
      page.position = id;
      change(data);
    } else if (event === "resync" || stale) later();
  }

  function lost() {
    close();
    if (++fails > 1 && !page.over) line.textContent = line.dataset.away;
    wait(open, Math.min(3e4, 500 * 2 ** fails) * (.5 + Math.random()));
  }

  function wait(next, time) {
    clearTimeout(alarm);
    alarm = setTimeout(next, time);
  }

  function open() {
    close();
    if (document.hidden) return;
    if (polls) return poll();
    let spoke;
    const silent = () => {
      polls = !spoke;
      open();
    };
    source = new EventSource(address("flux"));
    source.onerror = lost;
    ["change", "resync", "alive"].forEach((name) => source.addEventListener(name, ({ lastEventId, data }) => {
      spoke = true;
      if (name === "alive") skew = data - Date.now();
      heard(name, lastEventId, JSON.parse(data));
      wait(silent, SILENCE);
    }));
    wait(silent, SILENCE);
  }

  function close() {
    clearTimeout(alarm);
    if (source) source.close();
    source = 0;
  }

  function poll() {
    const own = source = { close() {} };
    wait(lost, 2 * SILENCE);
    get(address("suite")).then((answer) => answer.json()).then((events) => {
      if (own !== source) return;
      heard();
      events.forEach(({ id, event, data }) => heard(event, id, data));
      wait(open, 1e3);
    }).catch(() => own === source && lost());
  }

  document.addEventListener("outbox", ({ detail }) => {
    if (document.querySelector(".own[data-busy]")) own.remove();
    if (detail.state === "sent") later();
  });
  board.addEventListener("click", (event) => {
    const note = event.target.parentNode;
    if (!event.target.matches("#mine li > a")) return;
    event.preventDefault();
    note.append(own);
    own.note.value = byId("withdraw").note.value = note.id.slice(2);
    own.text.value = note.querySelector("span").textContent;
    own.text.focus();
  });
  document.addEventListener("visibilitychange", open);
  addEventListener("online", open);
  addEventListener("offline", () => { fails = 1; lost(); });
  setInterval(count, 1e3);
  draw(() => {});
  open();
})();
