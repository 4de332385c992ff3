// A form's own page, opened under the table row whose link asked for it. htmx fetches and sends;
// this gives it a place, and moves the focus. Without scripts each link leads to the form's page.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const FIELDS = "textarea, select, input:not([type=hidden])";
  let opener = null; // link that the open form answers
  let overtaken = false; // whether someone else wrote meanwhile: the page shows what is no longer so

  const open = () => document.querySelector(".inplace");
  const stop = (event) => { event.preventDefault(); event.stopPropagation(); };

  function place(link) {
    const row = link.closest("tr");
    const line = row.parentNode.insertRow(row.sectionRowIndex + 1);
    const cell = line.insertCell();
    line.setAttribute("role", "row");
    cell.colSpan = row.closest("table").tHead.rows[0].cells.length;
    for (const [name, value] of [["role", "cell"], ["class", "inplace"], ["hx-boost", "true"], ["hx-target", "this"]]) {
      cell.setAttribute(name, value);
    }
    link.setAttribute("aria-expanded", "true");
    opener = link;
  }

  function remove() {
    open().closest("tr").remove();
    opener.removeAttribute("aria-expanded");
  }

  function changed(field) {
    if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
  }

  function mayLeave() {
    const written = open().querySelector(".errors") || [...open().querySelectorAll(FIELDS)].some(changed);
    return !written || window.confirm(words.leave);
  }

  function close() {
    remove();
    if (overtaken) htmx.ajax("GET", location.href, { source: document.querySelector("main") });
    else opener.focus();
  }

  // The same link once the page is fresh, by its words or by its address; where it is gone, what undoes that.
  function focusBack() {
    const links = opener ? [...document.querySelectorAll("#page a")] : [];
    const alike = links.filter((link) => link.textContent === opener.textContent);
    const same = alike.length === 1 ? alike[0]
      : links.find((link) => link.getAttribute("href") === opener.getAttribute("href"));
    (same || document.querySelector("#messages button") || document.querySelector("main")).focus();
  }

  function say(text) {
    const [notice, line] = [document.createElement("div"), document.createElement("p")];
    notice.className = "notice error";
    line.textContent = text;
    notice.append(line);
    document.getElementById("messages").replaceChildren(notice);
  }

  // Before htmx hears of it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main [hx-boost] a");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) { event.stopPropagation(); return; }
    if (link.closest(".inplace")) {
      if ("back" in link.dataset) { stop(event); close(); }
      return;
    }
    if (open()) {
      if (!mayLeave()) { stop(event); open().querySelector(FIELDS).focus(); return; }
      remove();
      if (link === opener) { stop(event); opener = null; return; }
    }
    overtaken = false;
    place(link);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !event.target.closest(".inplace")) return;
    if (mayLeave()) close();
  });

  // Addresses of a form that is shown here are relative to its own page.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const cell = detail.elt.closest(".inplace");
    if (!cell) return;
    const raw = detail.elt.getAttribute(detail.elt.tagName === "FORM" ? "action" : "href") || "";
    const address = new URL(raw, cell.dataset.address);
    if (detail.elt.tagName === "FORM" && detail.verb === "get") address.search = "";
    detail.path = address.pathname + address.search;
  });

  // A whole page is an answer to be read where it belongs; anything else goes under its row.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.shouldSwap) return;
    overtaken = overtaken || detail.xhr.status === 409;
    if (!/^\s*<!doctype/i.test(detail.xhr.response)) {
      detail.target.dataset.address = detail.xhr.responseURL;
    } else if (new URL(detail.xhr.responseURL).pathname !== location.pathname) {
      detail.shouldSwap = false;
      location.assign(detail.xhr.responseURL);
    } else {
      detail.target = document.getElementById("page");
      detail.selectOverride = "#page";
      detail.swapOverride = "outerHTML";
    }
  });

  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id === "page") focusBack();
    const cell = target.closest(".inplace");
    if (!cell) return;
    const first = cell.querySelector(".errors") || cell.querySelector(FIELDS) || cell.querySelector("a:not([data-back]), button");
    if (first.matches(".errors")) first.tabIndex = -1;
    cell.scrollIntoView({ block: "nearest" });
    first.focus();
  });

  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.elt.href) location.assign(detail.elt.href); // its own page says what is wrong
    else say(words.lost);
  });
  document.addEventListener("htmx:sendError", () => say(words.lost));
})();
