// Beside an import: while the source is in sight, a link to one of its lines scrolls the source alone, so that
// the place being read stays where it is.
(() => {
  "use strict";
  const source = document.querySelector(".source-lines");
  if (!source) return;

  const show = (line) => {
    source.querySelector(".shown")?.classList.remove("shown");
    line.classList.add("shown");
    source.scrollTop = line.offsetTop - source.clientHeight / 3;
  };

  const lineOf = (link) => document.getElementById(link.hash.slice(1));

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-line");
    if (!link) return;
    show(lineOf(link));
    const { top, bottom } = source.getBoundingClientRect();
    if (top < window.innerHeight * 0.6 && bottom > window.innerHeight * 0.4) event.preventDefault();
  });

  const passage = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const link = passage?.querySelector("a.to-line");
  if (link) show(lineOf(link));
})();
