// Cards and rows of a board that is seen whole, as they come; live.js hears of them.
(() => {
  "use strict";
  const MEASURE = 3e4, SIZES = [2.75, 2.375, 2, 1.75], PAGE = 48;
  const byId = (id) => document.getElementById(id), page = byId("board").dataset;
  const wall = document.body.classList.contains("screen");
  let told = Date.now();

  function put(swap, [container, id, before, html]) {
    const place = byId(container), next = byId(before);
    // Of several pages, this one may hold another part of the row.
    if (!place || (page.pages > 1 && container === "rows")) return;
    const one = byId(id) || new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (one.parentNode !== place || one.nextElementSibling !== next) {
      place.insertBefore(one, next && next.parentNode === place ? next : null);
    }
    swap(id, html);
  }

  // On a wall, letters are as large as the rows leave room for.
  function fit() {
    const rows = byId("rows");
    return SIZES.some((size) => {
      rows.style.fontSize = `${size}rem`;
      return document.documentElement.scrollHeight <= innerHeight;
    });
  }

  // Whether this page holds all that there is, or more than it should.
  const whole = () => page.pages < 2 && document.querySelectorAll("#rows .card").length <= PAGE && document.querySelectorAll("#hidden > *").length <= PAGE && (!wall || fit());

  function change({ again, put: more = [], drop = [] }, swap, later) {
    more.forEach((one) => put(swap, one));
    drop.forEach((id) => byId(id) && byId(id).remove());
    // What facilitators choose from follows its rows.
    if (again || !whole() || (more.concat(drop.map((id) => [0, id])).some(([, id]) => /^w-/.test(id)) && byId("cards"))) later();
    // Not each card is told to who listens to the page.
    if (Date.now() - told < MEASURE || !more.length) return;
    told = Date.now();
    setTimeout(() => { byId("said").textContent = byId("state").lastElementChild.textContent; });
  }

  document.addEventListener("board", ({ detail: { told: news, swap, later } }) => {
    if (news) change(news, swap, later);
    if (wall) fit();
  });
  if (wall) addEventListener("resize", fit);
})();
