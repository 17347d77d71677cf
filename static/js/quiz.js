// An open attempt: each answer is kept as it is given, the clock counts down, and what is given when the time ends is
// handed in. Without scripts the page is a form with two buttons.
(() => {
  "use strict";
  const form = document.getElementById("quiz");
  if (!form || form.dataset.watched) return;
  form.dataset.watched = "yes";
  const status = form.querySelector("[data-saved]");
  const refused = form.querySelector("[data-refused]");
  const words = status.dataset;
  const PAUSE = 700;
  const LONGEST_WAIT = 15000;

  // One answer after another, each question at most once in the row: what waits is always what stands on the page.
  const waiting = new Map();
  let sending = false;
  let wait = 1000;

  const say = (text, state) => {
    status.textContent = text;
    status.dataset.state = state;
  };
  const box = (id) => form.querySelector(`[data-question="${CSS.escape(id)}"]`);
  const known = (id) => box(id).querySelector('input[name^="rev:"]');

  const bodyOf = (id, rev) => {
    const body = new FormData();
    for (const field of box(id).querySelectorAll("input, select")) {
      const picked = /^(radio|checkbox)$/.test(field.type) ? field.checked : field.type !== "hidden";
      if (picked) body.append(field.name, field.value);
    }
    body.set("question", id);
    body.set("rev", String(rev));
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return body;
  };

  const send = async () => {
    if (sending || !waiting.size) return;
    sending = true;
    const [id, rev] = waiting.entries().next().value;
    say(words.wordSaving, "saving");
    try {
      const answer = await fetch(form.dataset.answerUrl, {
        method: "POST", body: bodyOf(id, rev), headers: { Accept: "application/json" }, redirect: "error",
      });
      if (answer.ok) done(id, rev, await answer.json());
      else if (answer.status < 500 && ![408, 409, 429].includes(answer.status)) stop(await answer.json());
      else throw new Error(String(answer.status));
      wait = 1000;
    } catch {
      say(words.wordFailed, "failed");
      setTimeout(() => { sending = false; send(); }, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
      return;
    }
    sending = false;
    send();
  };
  const done = (id, rev, saved) => {
    known(id).value = String(saved.rev);
    if (waiting.get(id) !== rev) return;
    if (saved.taken) {
      waiting.delete(id);
      if (!waiting.size) say(`${words.wordSaved} ${saved.at}`, "saved");
    } else {
      // Another window numbered its answer higher; this one was given later by the hand that is here now.
      waiting.set(id, saved.rev + 1);
    }
  };
  const stop = (answer) => {
    waiting.clear();
    refused.textContent = answer.error ?? "";
    refused.hidden = false;
    say(words.wordFailed.split(".")[0], "failed");
  };

  const keep = (id) => {
    const last = Math.max(Number(known(id).value), waiting.get(id) ?? 0);
    waiting.set(id, Math.max(Date.now(), last + 1));
    send();
  };
  let pause;
  const later = (id) => { clearTimeout(pause); pause = setTimeout(() => keep(id), PAUSE); };
  const idOf = (event) => event.target.closest("[data-question]")?.dataset.question;
  form.addEventListener("change", (event) => {
    const id = idOf(event);
    if (!id) return;
    clearTimeout(pause);
    keep(id);
  });
  form.addEventListener("input", (event) => {
    if (event.target.type === "text" && idOf(event)) later(idOf(event));
  });

  // The page does not go while something is not kept, unless it is handed in with it.
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => { if (waiting.size && !leaving) event.preventDefault(); });
  addEventListener("online", () => { wait = 1000; send(); });

  // The clock is the server's: the seconds that were left when the page was made, less those that passed since.
  const clock = form.querySelector("[data-clock]");
  if (clock && form.dataset.secondsLeft) {
    const left = Number(form.dataset.secondsLeft);
    const began = performance.now();
    let warned = left <= 60;
    const tick = () => {
      const seconds = Math.max(0, Math.ceil(left - (performance.now() - began) / 1000));
      const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      clock.textContent = parts.map((part, place) => (place ? String(part).padStart(2, "0") : part)).slice(parts[0] ? 0 : 1).join(":");
      clock.parentElement.dataset.soon = String(seconds <= 60);
      if (seconds <= 60 && !warned) { warned = true; say(words.wordSoon, "soon"); }
      if (seconds > 0) return;
      clearInterval(timer);
      leaving = true;
      say(words.wordUp, "up");
      form.action = form.dataset.submitUrl;
      form.submit();
    };
    const timer = setInterval(tick, 1000);
    tick();
  }
})();
