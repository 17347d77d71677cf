// A link to a film or recording lives minutes. Whoever watches for longer gets a new one and goes on where she was:
// browsers keep asking the old address, and wait without saying why.
(() => {
  "use strict";
  const EARLY = 5000;

  for (const player of document.querySelectorAll("[data-player]")) {
    const lives = Math.max(player.dataset.player * 1000 - EARLY, 1000);
    let since = Date.now();

    const isHere = () => {
      const { buffered, currentTime } = player;
      return Array.from({ length: buffered.length }, (_, at) => at).some((at) => buffered.start(at) <= currentTime && currentTime < buffered.end(at));
    };
    const renew = () => {
      if (!player.currentTime || Date.now() - since < lives || (!player.error && isHere())) return;
      since = Date.now();
      const { currentTime, paused, playbackRate } = player;
      player.addEventListener("loadedmetadata", () => {
        Object.assign(player, { currentTime, playbackRate });
        if (!paused) player.play().catch(() => {});
      }, { once: true });
      player.load();
    };
    for (const name of ["seeking", "waiting", "stalled", "error"]) player.addEventListener(name, renew);
  }
})();
