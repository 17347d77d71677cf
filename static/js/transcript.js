// The transcript beside a video: a click leads to the second, the line that is spoken is marked, and words are found.
(() => {
  "use strict";
  const video = document.querySelector("video[data-player]") ?? document.querySelector("video");
  if (!video) return;

  const lead = (seconds) => {
    const go = () => {
      video.currentTime = seconds;
      video.play().catch(() => {});
    };
    if (video.readyState) go();
    else {
      video.addEventListener("loadedmetadata", go, { once: true });
      video.load();
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-start]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    lead(Number(link.dataset.start) / 1000);
  });

  const panel = document.querySelector("[data-transcript]");
  if (!panel) return;

  const list = panel.querySelector("ol");
  const lines = [...list.querySelectorAll("a[data-start]")].map((link) => ({
    link,
    row: link.closest("li"),
    start: Number(link.dataset.start),
    end: Number(link.dataset.end),
    text: link.querySelector("[data-text]").textContent.toLocaleLowerCase(),
  }));
  const LEAVE_ALONE = 4000;
  let current = null;
  let touched = 0;

  // Scrolls the list and never the page: whoever reads below the video is not carried away.
  const reveal = (row, behavior) => {
    if (list.scrollHeight <= list.clientHeight) return;
    const top = row.offsetTop - list.offsetTop - (list.clientHeight - row.offsetHeight) / 2;
    list.scrollTo({ top, behavior });
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const mark = () => {
    const now = video.currentTime * 1000;
    let found = null;
    for (const line of lines) {
      if (line.start > now) break;
      found = line;
    }
    if (found === current) return;
    current?.link.removeAttribute("aria-current");
    current = found;
    if (!found) return;
    found.link.setAttribute("aria-current", "true");
    if (Date.now() - touched > LEAVE_ALONE && !found.row.hidden) reveal(found.row, calm.matches ? "auto" : "smooth");
  };
  for (const name of ["timeupdate", "seeked"]) video.addEventListener(name, mark);
  for (const name of ["wheel", "touchmove", "keydown"]) list.addEventListener(name, () => { touched = Date.now(); }, { passive: true });

  const search = panel.querySelector("[data-search]");
  const input = search.querySelector("input");
  const count = search.querySelector("[data-count]");
  search.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const line of lines) {
      line.row.hidden = !words.every((word) => line.text.includes(word));
      shown += line.row.hidden ? 0 : 1;
    }
    count.textContent = !words.length ? "" : shown ? input.dataset.found.replace("{count}", shown) : input.dataset.none;
    if (!words.length && current) reveal(current.row, "auto");
  });

  const asked = list.querySelector("a[aria-current]");
  if (asked) {
    current = lines.find((line) => line.link === asked);
    reveal(asked.closest("li"), "auto");
  }
})();
