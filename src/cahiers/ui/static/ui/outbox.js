// What forms send is kept first, then sent in order, once.
(() => {
  "use strict";
  if (`${new URLSearchParams(new FormData())}`) return;
  const NAME = "cahiers-outbox", TEXT = "textarea, [type=text]";
  const block = document.querySelector("[data-outbox-status]");
  const [status, list, template] = block.children;
  let turn = Promise.resolve(), timer, shown;

  const within = (work) => new Promise((done, fail) => { setTimeout(fail, 2e4); work(done, fail); });

  function apply(work, text, put) {
    const entries = JSON.parse(text || "[]"), result = work(entries), now = JSON.stringify(entries.filter(({ state }) => state));
    if (now !== text) put(now);
    return result;
  }
  const local = (work) => apply(work, localStorage[NAME], (text) => { localStorage[NAME] = text; });
  const indexed = (work) => within((done, fail) => {
    const opening = indexedDB.open(NAME);
    opening.onupgradeneeded = () => opening.result.createObjectStore(NAME);
    opening.onerror = fail;
    opening.onsuccess = () => {
      const transaction = opening.result.transaction(NAME, "readwrite"), shelf = transaction.objectStore(NAME), kept = shelf.get(0);
      let result;
      kept.onsuccess = () => { result = apply(work, kept.result, (text) => shelf.put(text, 0)); };
      transaction.onabort = fail;
      transaction.oncomplete = () => { opening.result.close(); done(result); };
    };
  });
  const chosen = indexed(() => indexed).catch(() => local);
  const store = async (work) => (await chosen)(work);
  const change = (command, to) => store((entries) => entries.forEach((one) => one.command === command && Object.assign(one, to)));
  const say = (state, answer) => document.dispatchEvent(new CustomEvent("outbox", { detail: { state, answer } }));

  async function post(entry, again) {
    const response = await fetch(entry.action, { method: "POST", credentials: "same-origin", body: new URLSearchParams(entry.body), headers: {
      "X-Cahiers-Outbox": "1", "X-CSRFToken": (document.cookie.match(/csrftoken=(\w+)/) || [])[1] } });
    const answer = await response.json().catch(() => ({}));
    if (!answer.csrf || again) return [answer, answer.csrf || response.status, response.headers.get("Retry-After")];
    await fetch("/jeton", { credentials: "same-origin" });
    return post(entry, true);
  }

  async function deliver(entry) {
    const [answer, code, wait] = await within((done, fail) => post(entry).then(done, fail)).catch(() => [{}]);
    const { message, url } = answer, now = Date.now();
    if (answer.ok) await change(entry.command, { state: "sent", message, url, text: entry.text.replace(/^([^]{60})[^]+/, "$1…"), body: "" });
    else if (answer.ok === false || /^4(?!08|29)/.test(code)) await change(entry.command, { state: "refused", message: message || block.dataset.failed });
    else return change(entry.command, { until: now + wait * 1e3, after: now + Math.min(6e4, Math.max(1e3, now - entry.at) * (1 + Math.random())) });
    say(answer.ok ? "sent" : "refused", answer);
  }

  const next = () => store((entries) => {
    const now = Date.now(), held = {};
    const entry = entries.find(({ state, group, after, until }) => state === "waiting" && !(held[group] = held[group] || after > now || until > now));
    if (entry) entry.until = now + 5e3;
    return entry;
  });

  async function drain() {
    let entry;
    while ((entry = await next())) await deliver(entry);
  }

  function send() {
    turn = turn.then(drain).catch(() => {}).then(show);
  }

  function wake() {
    setTimeout(show, 1e3);
    store((entries) => {
      entries.forEach((entry) => {
        entry.after = 0;
        if (entry.state === "sent" && Date.now() - entry.at > (entry.url ? 864e5 : 3e5)) entry.state = "";
      });
    }).then(send, send);
  }

  const forms = () => Array.from(document.querySelectorAll("[data-outbox]"));
  const address = (form) => new URL(form.dataset.outboxTo || form.getAttribute("action") || "", location).href;

  function renew({ elements: { command, receipt } }) {
    const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join("");
    command.value = random().replace(/(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-a$4-");
    if (receipt) receipt.value = random();
  }

  const words = (form) => Array.from(form.querySelectorAll(TEXT), ({ value }) => value).join("\n").trim();

  async function add(form, button) {
    const { outboxLabel: label, outboxGroup: group, outboxClears: clears, corrects } = form.dataset, text = words(form);
    if (form.dataset.busy === text) return;
    const data = new URLSearchParams(new FormData(form, button));
    data.delete("csrfmiddlewaretoken");
    const entry = {
      state: "waiting", at: Date.now(), command: data.get("command"), label, group, action: address(form), url: location.href, body: `${data}`, text,
    };
    form.dataset.busy = text;
    renew(form);
    await store((entries) => { entries.push(entry); });
    change(corrects, { state: "" });
    say("waiting");
    delete form.dataset.busy;
    if (words(form) === text) clears ? form.querySelectorAll(clears).forEach((field) => { field.value = ""; }) : form.reset();
    wake();
  }

  function back(entry) {
    const body = new URLSearchParams(entry.body);
    const form = forms().find((one) => address(one) === entry.action && one.dataset.outboxLabel === entry.label);
    if (!form) return location.assign(entry.url);
    Array.from(form.elements).forEach((field) => {
      const given = body.getAll(field.name);
      if (/radio|checkbox/.test(field.type)) field.checked = given.includes(field.value);
      else if (given[0] && !/submit|file/.test(field.type)) field.value = given[0];
    });
    renew(form);
    form.dataset.corrects = entry.command;
    form.querySelector(TEXT).focus();
  }

  function drop({ command }) {
    change(command, { state: "" }).then(show);
    block.focus();
  }

  const show = () => store((entries) => {
    const now = entries.map(({ command, state }) => command + state).join(), waiting = now.split("waiting").length - 1;
    clearTimeout(timer);
    if (waiting) timer = setTimeout(send, 1e3);
    if (now === shown) return;
    shown = now;
    status.textContent = now && block.dataset[waiting > 1 ? "many" : waiting ? "one" : now.includes("refused") ? "again" : "done"].replace("{n}", waiting);
    list.textContent = "";
    entries.slice().reverse().forEach((entry) => {
      const item = template.content.cloneNode(true).firstElementChild, time = new Date(entry.at).toLocaleString(document.documentElement.lang);
      const shows = Object.assign({ time, said: block.dataset[entry.state] }, entry);
      item.querySelector("a").href = entry.url;
      item.querySelectorAll("[data-show]").forEach((part) => { part.textContent = shows[part.dataset.show]; });
      item.querySelectorAll("[data-for]").forEach((part) => part.dataset.for === entry.state && entry.url || part.remove());
      item.onclick = ({ target }) => target.value && (target.value === "drop" ? drop : back)(entry);
      entry.state === "refused" ? list.prepend(item) : list.append(item);
    });
  }).catch(() => {});

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (!form.matches("[data-outbox]")) return;
    event.preventDefault();
    add(form, button).catch(() => {
      form.removeAttribute("data-outbox");
      setTimeout(() => (button || form.querySelector("button")).click());
    });
  });
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  const renewed = () => forms().forEach(renew);
  renewed();
  wake();
  window.cahiers = { outbox: { add, renew: renewed } };
  if (navigator.serviceWorker && document.querySelector("meta[name=offline]")) navigator.serviceWorker.register("/sw.js").catch(() => {});
})();
