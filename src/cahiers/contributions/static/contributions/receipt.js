// Copies and prints the link of a receipt.
(() => {
  "use strict";
  const bar = document.querySelector("[data-receipt]");
  if (!bar) return;
  const [copy, print] = bar.querySelectorAll("button");
  bar.hidden = false;
  copy.hidden = !navigator.clipboard;
  copy.onclick = () => navigator.clipboard.writeText(document.querySelector("#recu").href)
    .then(() => { bar.querySelector("[role=status]").textContent = copy.dataset.said; }, () => {});
  print.onclick = () => window.print();
})();
