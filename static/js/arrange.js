// Lessons are put in order by dragging as well; the buttons beside them do the same without it.
(() => {
  "use strict";
  const builder = () => document.querySelector("[data-arrange]");
  const rowsOf = (section) => [...section.querySelectorAll("[data-lesson]")];
  let dragged = null;

  const clear = () => {
    for (const one of document.querySelectorAll(".is-before, .is-after, .is-into")) one.classList.remove("is-before", "is-after", "is-into");
  };

  // The section the pointer is over, and the row before which the lesson would stand; none is the section's end.
  const placeAt = (event) => {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const section = under?.closest("[data-section]");
    if (!section) return null;
    const others = rowsOf(section).filter((row) => row !== dragged);
    const before = others.find((row) => {
      const box = row.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    return { section, before, last: others.at(-1) };
  };

  const send = (lesson, section, before) => {
    htmx.ajax("POST", builder().dataset.arrange, { target: "#builder", swap: "outerHTML", values: { lesson, section, before } });
  };

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-lesson] [data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    dragged = grip.closest("[data-lesson]");
    dragged.classList.add("is-dragged");
    grip.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    clear();
    const place = placeAt(event);
    if (place?.before) place.before.classList.add("is-before");
    else if (place?.last) place.last.classList.add("is-after");
    else if (place) place.section.classList.add("is-into");
  });
  document.addEventListener("pointerup", (event) => {
    if (!dragged) return;
    const row = dragged;
    const place = placeAt(event);
    stop();
    if (!place) return;
    const next = row.nextElementSibling?.dataset.lesson ?? "";
    const before = place.before?.dataset.lesson ?? "";
    if (place.section === row.closest("[data-section]") && before === next) return;
    send(row.dataset.lesson, place.section.dataset.section, before);
  });
  const stop = () => {
    clear();
    dragged?.classList.remove("is-dragged");
    dragged = null;
  };
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && dragged) stop(); });

  // Alt and an arrow move the lesson in whose row the focus stands.
  document.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const row = event.altKey && way && event.target.closest?.("[data-lesson]");
    const button = row && document.getElementById(`${way}-${row.dataset.lesson}`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });

  const ready = () => {
    for (const one of document.querySelectorAll("[data-grip], [data-arrange-hint], [data-preview]")) one.hidden = false;
  };
  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
