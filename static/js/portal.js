// What the plain pages gain from a browser with scripts. Everything here is optional: links and forms work without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const on = (name, act) => document.addEventListener(name, act);
  root.classList.add("js");

  // Side navigation: folded or not, remembered on this device only.
  const fold = (narrow) => {
    root.classList.toggle("nav-narrow", narrow);
    for (const button of all("[data-fold]")) {
      button.hidden = false;
      button.setAttribute("aria-expanded", String(!narrow));
    }
  };
  const remembered = () => {
    try { return localStorage.getItem("nav") === "narrow"; } catch { return false; }
  };
  fold(remembered());
  on("click", (event) => {
    if (!event.target.closest("[data-fold]")) return;
    const narrow = !root.classList.contains("nav-narrow");
    fold(narrow);
    try { localStorage.setItem("nav", narrow ? "narrow" : "wide"); } catch { /* a private window forgets */ }
  });

  // "/" goes to the search field.
  const typing = (element) => element.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName);
  on("keydown", (event) => {
    const find = document.getElementById("find");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !find || typing(event.target)) return;
    event.preventDefault();
    find.focus();
    find.select();
  });

  // Which result of a search was opened, in whatever way: said on the side, so that links stay what they are.
  const tellOpened = (event) => {
    const link = event.button !== 2 && event.target.closest("[data-opened] a[href]");
    if (!link) return;
    const { opened, ticket } = link.closest("[data-opened]").dataset;
    const { kind, id } = link.closest("[data-id]").dataset;
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    const body = new URLSearchParams({ ticket, kind, doc_id: id });
    fetch(opened, { method: "POST", headers, body, keepalive: true }).catch(() => {});
  };
  on("click", tellOpened);
  on("auxclick", tellOpened);

  // Menus close on Escape and on a click elsewhere.
  const FLOATING = "details.menu[open]";
  on("click", (event) => {
    for (const details of all(FLOATING)) if (!details.contains(event.target)) details.open = false;
  });
  on("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const details of all(FLOATING)) {
      if (details.contains(document.activeElement)) details.querySelector("summary").focus();
      details.open = false;
    }
  });
  // Tabbing away closes too. Not `focusout`: a click on a label moves the focus to <main> before the label acts.
  on("keyup", (event) => {
    if (event.key !== "Tab") return;
    for (const details of all(FLOATING)) if (!details.contains(event.target)) details.open = false;
  });

  // Theme: at once here, kept by the form's own address.
  on("click", (event) => {
    const button = event.target.closest("[data-theme-form] button[name=theme]");
    if (!button) return;
    event.preventDefault();
    const form = button.form;
    const body = new FormData(form);
    body.set("theme", button.value);
    root.dataset.theme = button.value;
    for (const one of all("button[name=theme]", form)) {
      if (one === button) one.setAttribute("aria-pressed", "true");
      else one.removeAttribute("aria-pressed");
    }
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => toast("offline"));
  });

  // Dialogs: <button data-dialog="id"> opens, [data-close] closes what it stands in. A click beside one closes it too.
  on("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    } else if (event.target.matches("dialog")) {
      event.target.close();
    } else if (event.target.closest("[data-close]")) {
      const closed = event.target.closest(".toast, .alert, dialog, details");
      if (closed?.close) closed.close();
      else if (closed?.matches("details")) closed.open = false;
      else closed?.remove();
    }
  });

  // Toasts go by themselves, but not while they are read, and errors never.
  const PATIENCE = 6000;
  const watched = new WeakSet();
  const watch = (element) => {
    if (watched.has(element) || element.dataset.tone === "error") return;
    watched.add(element);
    let timer;
    const start = () => { timer = setTimeout(() => element.remove(), PATIENCE); };
    for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, () => clearTimeout(timer));
    for (const name of ["pointerleave", "focusout"]) element.addEventListener(name, start);
    start();
  };
  const toasts = () => document.getElementById("toasts");
  const toast = (name) => {
    const template = document.getElementById(`toast-${name}`);
    if (template && toasts()) toasts().append(template.content.cloneNode(true));
  };
  const watchAll = () => all("#toasts .toast").forEach(watch);
  if (toasts()) {
    watchAll();
    new MutationObserver(watchAll).observe(toasts(), { childList: true });
  }

  // Copying a link: this page's, or the one in the attribute.
  on("click", async (event) => {
    const button = event.target.closest("[data-copy-link]");
    if (!button) return;
    await navigator.clipboard.writeText(new URL(button.dataset.copyLink || location.pathname, location.href).href);
    toast("copied");
  });

  // The bell asks anew when the page is looked at again: in another tab she may have read what it counts.
  on("visibilitychange", () => {
    if (!document.hidden) document.body.dispatchEvent(new CustomEvent("notifications-changed"));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.body.dispatchEvent(new CustomEvent("notifications-changed"));
  });

  // A form is sent once; the pressed button shows that it is busy. Disabled only after the browser has read its value.
  on("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of all("[aria-busy]", form)) button.removeAttribute("aria-busy");
  };
  addEventListener("pageshow", () => all("form[data-sent]").forEach(release));
  on("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (form) release(form);
  });

  // A form with data-autosubmit (filters, sort) is sent as soon as something in it changes; its button is then not needed.
  const ready = (within) => {
    for (const button of all("form:is([data-autosubmit], [hx-get]) [data-apply]", within)) button.hidden = true;
    for (const one of all("[data-scripted]", within)) one.hidden = false;
    for (const button of all("[data-copy-link]", within)) button.hidden = !navigator.clipboard;
    for (const box of all("[data-some]", within)) box.indeterminate = true;
    if (matchMedia("(min-width: 64.01rem)").matches) for (const rail of all("details.rail", within)) rail.open = true;
  };
  on("change", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-autosubmit]:not([hx-get], [hx-post])")) form.requestSubmit();
  });

  // Tables: one box chooses all rows, the bar says how many.
  on("change", (event) => {
    const frame = event.target.closest("[data-selectable]");
    if (!frame) return;
    const boxes = all("tbody input[type=checkbox]", frame);
    if (event.target.matches("[data-all]")) for (const box of boxes) box.checked = event.target.checked;
    const count = boxes.filter((box) => box.checked).length;
    const bar = frame.querySelector(".selection");
    const head = frame.querySelector("[data-all]");
    if (bar) bar.hidden = !count;
    for (const place of all("[data-count]", frame)) place.textContent = String(count);
    if (head) {
      head.checked = count > 0 && count === boxes.length;
      head.indeterminate = count > 0 && count < boxes.length;
    }
  });

  // HTMX: a swapped page keeps the focus where it was, shows that it works, and says what failed.
  let focused = "";
  let opened = new Map();
  const KEPT = "details.rail, details.facet";
  const named = (details) => details.querySelector("summary").textContent.replace(/[\s\d]+$/, "");
  on("htmx:beforeRequest", () => { root.classList.add("is-loading"); });
  on("htmx:afterRequest", () => { root.classList.remove("is-loading"); });
  on("htmx:beforeSwap", (event) => {
    focused = document.activeElement?.id ?? "";
    opened = new Map(all(KEPT).map((details) => [named(details), details.open]));
    const { xhr } = event.detail;
    // An error page of the portal says itself where it goes; anything else is a stranger's and is not shown.
    if (xhr.status >= 400) event.detail.shouldSwap = xhr.getResponseHeader("HX-Retarget") !== null || xhr.status === 422;
    if (xhr.status === 422) event.detail.isError = false; // a form that says itself what is wrong with it
  });
  on("htmx:afterSettle", (event) => {
    for (const details of all(KEPT, event.target)) details.open = opened.get(named(details)) ?? details.open;
    ready(event.target);
    const lost = document.activeElement === document.body && focused && document.getElementById(focused);
    if (lost) lost.focus({ preventScroll: true });
  });
  on("htmx:responseError", ({ detail: { xhr } }) => {
    if (xhr.getResponseHeader("HX-Retarget") === null) toast("failed");
  });
  on("htmx:sendError", () => toast("offline"));

  ready(document);
})();
