// A chart can be walked through: with the pointer, or with the arrow keys once it has the focus. What a day says stands
// above it and is announced. Without this, each day says it as a tooltip, and the table under the chart says it all.
(() => {
  "use strict";
  const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7, Home: -Infinity, End: Infinity };
  const daysOf = (plot) => [...plot.querySelectorAll(".graph-day")];
  const graphOf = (element) => element.closest?.("[data-graph]");

  const show = (graph, day) => {
    for (const one of graph.querySelectorAll(".graph-day.is-here")) one.classList.remove("is-here");
    day?.classList.add("is-here");
    graph.querySelector("[data-readout]").textContent = day?.dataset.says ?? "";
  };

  // The tooltip gives way to the line above the chart, which says the same at once.
  const prepare = (root) => {
    for (const plot of root.querySelectorAll("[data-plot]:not([tabindex])")) {
      for (const day of daysOf(plot)) {
        const title = day.querySelector("title");
        day.dataset.says = title.textContent;
        title.remove();
      }
      plot.tabIndex = 0;
      plot.setAttribute("role", "group");
      plot.setAttribute("aria-label", plot.dataset.plot);
    }
  };

  document.addEventListener("pointermove", (event) => {
    const graph = graphOf(event.target);
    const day = event.target.closest?.(".graph-day");
    if (graph && day && !day.classList.contains("is-here")) show(graph, day);
  });
  document.addEventListener("pointerout", (event) => {
    const graph = graphOf(event.target);
    if (graph && !event.relatedTarget?.closest?.("[data-plot]")) show(graph, null);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches("[data-plot]")) show(graphOf(event.target), null);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("[data-plot]") || !(event.key in STEPS)) return;
    event.preventDefault();
    const days = daysOf(event.target);
    const here = days.findIndex((day) => day.classList.contains("is-here"));
    const step = STEPS[event.key];
    const next = here >= 0 || !Number.isFinite(step) ? here + step : step < 0 ? days.length - 1 : 0;
    show(graphOf(event.target), days[Math.min(Math.max(next, 0), days.length - 1)]);
  });
  document.addEventListener("htmx:load", (event) => prepare(event.target));
  prepare(document);
})();
