// Cards and rows of a board that is seen whole, as they come; live.js hears of them.
(() => {
  "use strict";
  const MEASURE = 3e4, SIZES = [2.75, 2.375, 2, 1.75];
  const byId = (id) => document.getElementById(id);
  let told = Date.now();

  function put(swap, [container, id, before, html]) {
    const place = byId(container), next = byId(before);
    if (!place) return;
    const one = byId(id) || new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (one.parentNode !== place || one.nextElementSibling !== next) {
      place.insertBefore(one, next && next.parentNode === place ? next : null);
    }
    swap(id, html);
  }

  // On a wall, letters are as large as the rows leave room for.
  function fit() {
    const rows = byId("rows"), page = document.documentElement;
    if (!rows || !document.body.classList.contains("screen")) return;
    SIZES.some((size) => {
      rows.style.fontSize = `${size}rem`;
      return page.scrollHeight <= innerHeight;
    });
  }

  function change({ put: more = [], drop = [] }, swap, later) {
    more.forEach((one) => put(swap, one));
    drop.forEach((id) => byId(id) && byId(id).remove());
    // What facilitators choose from follows its rows.
    if (more.concat(drop.map((id) => [0, id])).some(([, id]) => /^w-/.test(id)) && byId("cards")) later();
    // Not each card is told to who listens to the page.
    if (Date.now() - told < MEASURE || !more.length) return;
    told = Date.now();
    setTimeout(() => { byId("said").textContent = byId("state").lastElementChild.textContent; });
  }

  document.addEventListener("board", ({ detail: { told: news, swap, later } }) => {
    if (news) change(news, swap, later);
    fit();
  });
  addEventListener("resize", fit);
})();
