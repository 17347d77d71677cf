// Rows are put in order by dragging as well; the buttons beside them do the same without it. A row moves among those
// that hang under the same parent, and where there are zones (the sections of a course) from one to another.
(() => {
  "use strict";
  const MARKS = ["is-before", "is-after", "is-into"];
  const rowsIn = (zone, like) => [...zone.querySelectorAll("[data-row]")].filter((row) => row.dataset.parent === like.dataset.parent);
  const zoneOf = (element) => element?.closest("[data-zone]") ?? (element?.closest("[data-arrange]:not(:has([data-zone]))") || null);
  let dragged = null;

  const clear = () => {
    for (const one of document.querySelectorAll(MARKS.map((mark) => `.${mark}`).join())) one.classList.remove(...MARKS);
  };

  // The zone that the pointer is over, and the row before which the dragged one would stand; none is the end.
  const placeAt = (event) => {
    const zone = zoneOf(document.elementFromPoint(event.clientX, event.clientY));
    if (!zone || zone.closest("[data-arrange]") !== dragged.closest("[data-arrange]")) return null;
    const others = rowsIn(zone, dragged).filter((row) => row !== dragged);
    const before = others.find((row) => {
      const box = row.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    return { zone, before, last: others.at(-1) };
  };

  const isThere = (row, { zone, before }) => {
    const rows = rowsIn(zoneOf(row), row);
    return zone === zoneOf(row) && before === rows[rows.indexOf(row) + 1];
  };

  const send = (row, { zone, before }) => {
    const { arrange, target, named } = row.closest("[data-arrange]").dataset;
    const values = { [named]: row.dataset.row, before: before?.dataset.row ?? "" };
    if (zone.dataset.zone) values.section = zone.dataset.zone;
    htmx.ajax("POST", arrange, { target, swap: "outerHTML", values });
  };

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    dragged = grip.closest("[data-row]");
    dragged.classList.add("is-dragged");
    grip.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    clear();
    const place = placeAt(event);
    if (place?.before) place.before.classList.add("is-before");
    else if (place?.last) place.last.classList.add("is-after");
    else if (place) place.zone.classList.add("is-into");
  });
  document.addEventListener("pointerup", (event) => {
    if (!dragged) return;
    const row = dragged;
    const place = placeAt(event);
    stop();
    if (place && !isThere(row, place)) send(row, place);
  });
  const stop = () => {
    clear();
    dragged?.classList.remove("is-dragged");
    dragged = null;
  };
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && dragged) stop(); });

  // Alt and an arrow move the row in which the focus stands.
  document.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const row = event.altKey && way && event.target.closest?.("[data-row]");
    const button = row && document.getElementById(`${way}-${row.dataset.row}`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });

  const ready = () => {
    for (const grip of document.querySelectorAll("[data-arrange] [data-grip]")) {
      const row = grip.closest("[data-row]");
      const zones = row.closest("[data-arrange]").querySelectorAll("[data-zone]");
      grip.hidden = zones.length < 2 && rowsIn(zoneOf(row), row).length < 2;
    }
  };
  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
