// Tells the portal what of a video was watched: every 15 seconds, on pause, seek and end, and when the page is left.
// The server decides what counts; this only reports what the browser says was played.
(() => {
  "use strict";
  const place = document.querySelector("[data-watch]");
  const video = place?.querySelector("video");
  if (!video) return;
  const EVERY = 15000;
  let seq = 0;
  let ranges = [];
  let told = "";
  let lost = !place.dataset.token;

  const merged = (all) => {
    const found = [];
    for (const [start, end] of all.sort((one, other) => one[0] - other[0])) {
      const last = found.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else if (end > start) found.push([start, end]);
    }
    return found.slice(0, 200);
  };
  const collect = () => {
    const { played } = video;
    const now = Array.from({ length: played.length }, (_, at) => [Math.floor(played.start(at) + 0.25), Math.ceil(played.end(at) - 0.25)]);
    ranges = merged([...ranges, ...now]);
  };
  const body = () => {
    seq += 1;
    const said = { token: place.dataset.token, seq, pos: JSON.stringify(Math.floor(video.currentTime)), ranges: JSON.stringify(ranges) };
    return new URLSearchParams({ ...said, csrfmiddlewaretoken: place.dataset.csrf });
  };
  const isNews = () => {
    collect();
    const now = `${Math.floor(video.currentTime)} ${JSON.stringify(ranges)}`;
    if (lost || !ranges.length || now === told) return false;
    told = now;
    return true;
  };

  const show = ({ percent, completed }) => {
    const bar = place.querySelector("[data-watched]");
    if (bar) bar.value = percent;
    const words = place.querySelector("[data-watched-percent]");
    if (words) words.textContent = percent;
    if (completed && document.getElementById("lesson-foot")?.dataset.state !== "completed") {
      htmx.ajax("GET", location.pathname, { target: "#lesson-foot", swap: "outerHTML" });
    }
  };
  const report = async () => {
    if (!isNews()) return;
    const answer = await fetch(place.dataset.watch, { method: "POST", body: body(), headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer) { told = ""; return; } // offline: the next report says all of it
    if (answer.ok && !answer.redirected) return show(await answer.json());
    if (answer.status >= 500 || answer.status === 429) { told = ""; return; }
    lost = true;
    const why = await answer.json().catch(() => ({}));
    place.querySelector("[data-watch-why]").textContent = why.error ?? "";
    place.querySelector("[data-watch-lost]").hidden = false;
  };

  for (const name of ["seeking", "waiting", "stalled"]) video.addEventListener(name, collect);
  for (const name of ["pause", "seeked", "ended"]) video.addEventListener(name, report);
  setInterval(() => { if (!video.paused) report(); }, EVERY);
  addEventListener("pagehide", () => { if (isNews()) navigator.sendBeacon(place.dataset.watch, body()); });

  const speed = place.querySelector("[data-speed]");
  const remembered = () => { try { return localStorage.getItem("video-speed"); } catch { return null; } };
  const select = speed.querySelector("select");
  speed.hidden = false;
  if ([...select.options].some((option) => option.value === remembered())) select.value = remembered();
  const apply = () => { video.defaultPlaybackRate = video.playbackRate = Number(select.value); };
  apply();
  select.addEventListener("change", () => {
    apply();
    try { localStorage.setItem("video-speed", select.value); } catch { /* a private window forgets */ }
  });
})();
