// Options are put in order by dragging as well; the buttons beside them do the same without it.
(() => {
  "use strict";
  const rows = (shelf) => [...shelf.querySelectorAll("[data-option]")];
  const siblings = (shelf, row) => rows(shelf).filter((one) => one.dataset.parent === row.dataset.parent);
  let dragged = null;

  const clear = () => {
    for (const row of document.querySelectorAll(".is-before, .is-after")) row.classList.remove("is-before", "is-after");
  };

  // Which sibling the pointer is over, and whether the place is before or after it.
  const targetAt = (event) => {
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-option]");
    if (!over || over === dragged || over.dataset.parent !== dragged.dataset.parent) return null;
    const box = over.getBoundingClientRect();
    return { over, after: event.clientY > box.top + box.height / 2 };
  };

  const send = (shelf, option, before) => {
    htmx.ajax("POST", shelf.dataset.place, { target: "#shelf", swap: "outerHTML", values: { option, before } });
  };

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    dragged = grip.closest("[data-option]");
    dragged.classList.add("is-dragged");
    grip.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    clear();
    const target = targetAt(event);
    if (target) target.over.classList.add(target.after ? "is-after" : "is-before");
  });
  document.addEventListener("pointerup", (event) => {
    if (!dragged) return;
    const target = targetAt(event);
    const shelf = dragged.closest("[data-shelf]");
    const row = dragged;
    stop();
    if (!target) return;
    const beside = siblings(shelf, row).filter((one) => one !== row);
    const place = beside.indexOf(target.over) + (target.after ? 1 : 0);
    send(shelf, row.dataset.option, beside[place]?.dataset.option ?? "");
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
    const row = event.altKey && way && event.target.closest?.("[data-option]");
    const button = row && document.getElementById(`${way}-${row.dataset.option}`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });

  const ready = () => {
    for (const grip of document.querySelectorAll("[data-grip]")) {
      grip.hidden = siblings(grip.closest("[data-shelf]"), grip.closest("[data-option]")).length < 2 || Boolean(new URLSearchParams(location.search).get("q"));
    }
  };
  document.addEventListener("htmx:afterSettle", ready);
  ready();
})();
