// Keeps a board's page as the server would draw it now.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id), board = byId("board"), line = byId("line"), { code, level } = board.dataset, SILENCE = 2e4;
  let last = board.dataset.position, fails = 0, skew = 0, people = 9, polls, source, alarm, soon, stale, head;

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const get = (url) => fetch(url, { credentials: "same-origin" });
  const address = (name) => `/direct/${code}/${name}?niveau=${level}&after=${last}`;
  const typed = (part) => part.id && Array.from(part.querySelectorAll("textarea")).some(({ value, defaultValue }) => value !== defaultValue);

  // What one types or opens stays.
  function morph(old, fresh) {
    if (old.nodeType > 1) old.data = fresh.data;
    else if (!old.dataset.keep) {
      Array.from(old.attributes).forEach(({ name }) => fresh.hasAttribute(name) || /^(open|data-(busy|corrects))$/.test(name) || old.removeAttribute(name));
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

  function swap(id, html) {
    if (html && byId(id)) morph(byId(id), parse(html).body.firstChild);
  }

  function draw(work, told) {
    const focused = document.activeElement;
    work();
    document.dispatchEvent(new CustomEvent("board", { detail: { told, swap, later } }));
    if (board.contains(focused)) focused.focus();
    if (window.cahiers) cahiers.outbox.renew();
    const now = board.querySelector("#state p").textContent;
    if (head && head !== now) byId("said").textContent = now;
    head = now;
    count();
  }

  function count() {
    const part = board.querySelector("[data-countdown]");
    if (!part) return;
    const left = Math.max(0, Math.round((Date.parse(part.dataset.countdown) - skew - Date.now()) / 1e3));
    part.textContent = `${Math.floor(left / 60)}:${`${left % 60}`.padStart(2, 0)}`;
  }

  function change(told) {
    draw(() => {
      (told.put || []).forEach(([container, id, , html]) => container || swap(id, html));
      swap("panel", told.panel);
      board.querySelectorAll("[data-state]").forEach((part) => { part.textContent = told.state[part.dataset.state]; });
    }, told);
    people = told.state.people;
    board.dataset.over = told.state.open ? "" : 1;
    if (told.panel) later();
  }

  function later() {
    soon = soon || setTimeout(refresh, 400 + Math.random() * people * 20);
  }

  function refresh() {
    soon = 0;
    stale = true;
    get(location).then((answer) => answer.text()).then((text) => {
      const fresh = parse(text).getElementById("board");
      if (!fresh) return;
      stale = false;
      draw(() => morph(board, fresh));
      const ahead = last - board.dataset.position;
      last = board.dataset.position;
      if (ahead > 0) open();
    }).catch(() => {});
  }

  function heard(event, id, data) {
    if (fails > 1) {
      line.textContent = line.dataset.back;
      setTimeout(() => { if (!fails) line.textContent = ""; }, 5e3);
    }
    fails = 0;
    if (event === "change") {
      last = id;
      change(data);
    } else if (event === "resync" || stale) later();
  }

  function lost() {
    close();
    fails += 1;
    if (fails > 1 && !board.dataset.over) line.textContent = line.dataset.away;
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

  document.addEventListener("outbox", ({ detail }) => detail.state === "sent" && later());
  document.addEventListener("visibilitychange", open);
  addEventListener("online", open);
  addEventListener("offline", () => { fails = 1; lost(); });
  setInterval(count, 1e3);
  draw(() => {});
  open();
})();
