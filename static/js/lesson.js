// What the page of a lesson gains from a browser with scripts: a text counts as read by itself, keys lead on, and what
// was opened in another tab is told here. Links and forms do all of it without.
(() => {
  "use strict";
  const foot = () => document.getElementById("lesson-foot");
  const marking = () => document.getElementById("mark-done");
  const isDone = () => foot()?.dataset.state === "completed";

  // A text is read once it has been in front of her for some seconds; another tab in front stops the clock.
  const text = document.querySelector("[data-dwell]");
  if (text && !isDone()) {
    let left = Number(text.dataset.dwell);
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible") return;
      left -= 1;
      if (left > 0) return;
      clearInterval(timer);
      if (!isDone()) marking()?.requestSubmit();
    }, 1000);
  }

  // The document or the page opens in its own tab; when she comes back, this one says that it is done.
  let opened = false;
  const refresh = () => {
    if (!opened || isDone() || document.visibilityState !== "visible") return;
    htmx.ajax("GET", location.pathname, { target: "#lesson-foot", swap: "outerHTML" });
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-opens]")) opened = true;
  });
  document.addEventListener("visibilitychange", refresh);
  addEventListener("focus", refresh);

  // Keys. Single letters get in the way of some, so that they can be turned off; never while she types or plays.
  const hint = document.querySelector("[data-keys]");
  const toggle = document.querySelector("[data-keys-switch]");
  const remember = (value) => { try { localStorage.setItem("lesson-keys", value); } catch { /* a private window forgets */ } };
  const remembered = () => { try { return localStorage.getItem("lesson-keys"); } catch { return null; } };
  let on = remembered() !== "off";
  const show = () => {
    if (!hint) return;
    hint.hidden = false;
    hint.dataset.off = String(!on);
    toggle.textContent = on ? toggle.dataset.on : toggle.dataset.off;
  };
  toggle?.addEventListener("click", () => {
    on = !on;
    remember(on ? "on" : "off");
    show();
  });
  show();
  const typing = (element) => element.isContentEditable || /^(INPUT|SELECT|TEXTAREA|VIDEO|AUDIO)$/.test(element.tagName);
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const control = /^[nmp]$/.test(key) && document.querySelector(`[data-key="${key}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
  });
})();
