// Beside an import: a link to a line of the source scrolls the source alone, so that the place being read stays.
(() => {
  "use strict";
  const source = document.querySelector(".source-lines");
  if (!source) return;

  const show = (line) => {
    source.querySelector(".shown")?.classList.remove("shown");
    line.classList.add("shown");
    source.scrollTo({ top: line.offsetTop - source.offsetTop - source.clientHeight / 3 });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-line");
    const line = link && document.querySelector(link.getAttribute("href"));
    if (!line) return;
    event.preventDefault();
    show(line);
  });

  const near = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const first = near?.querySelector("a.to-line");
  if (first) show(document.querySelector(first.getAttribute("href")));
})();
