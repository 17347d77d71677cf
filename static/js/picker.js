// A picker becomes a combobox: the select, checkboxes or radio buttons that stand in the form stay what is sent.
(() => {
  "use strict";
  const PAUSE = 120;
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== undefined && value !== "") element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  const named = ({ label, path, count }) => [
    make("span", { class: "pick-name" }, label),
    ...(path ? [" ", make("small", {}, path)] : []),
    ...(count === undefined ? [] : [make("span", {}, String(count))]),
  ];

  class Picker {
    constructor(root) {
      this.root = root;
      this.words = root.dataset;
      this.many = this.words.pick !== "one";
      this.isFilter = this.words.pick === "filter";
      this.select = root.querySelector("select");
      this.list = root.querySelector(".pick-list");
      this.form = root.closest("form");
      this.choices = [];
      this.active = -1;
      this.build();
      this.listen();
      this.show();
      root.classList.add("is-ready");
    }

    build() {
      const id = this.words.field;
      const control = this.select ?? this.list;
      if (control.id === id) control.id = `${id}_values`;
      this.popup = make("ul", { role: "listbox", id: `${id}_options`, "aria-labelledby": `${id}_legend`, "aria-multiselectable": this.many && "true" });
      this.note = make("p", { class: "pick-note", role: "status" });
      this.input = make("input", {
        id: this.many ? `${id}_input` : id, class: "input", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: "200",
        "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.popup.id, "aria-labelledby": `${id}_legend`,
        "aria-describedby": this.words.described, "aria-invalid": "invalid" in this.words && "true", "aria-required": "required" in this.words && "true",
      });
      this.chips = make("ul", { class: "pick-chips" });
      this.floating = make("div", { class: "pick-popup", hidden: true }, this.popup, this.note);
      const old = this.root.querySelector(".pick-find");
      const box = make("div", { class: "pick-box" }, ...(this.isFilter || !this.many ? [] : [this.chips]), this.input);
      if (!this.many && !("required" in this.words)) {
        this.clear = make("button", { type: "button", class: "pick-clear", "aria-label": this.words.clear, hidden: true }, "×");
        box.append(this.clear);
      }
      control.before(make("div", { class: "pick-combo" }, box, this.floating));
      if (!this.isFilter) control.hidden = true;
      old?.remove();
    }

    listen() {
      const { input, popup } = this;
      input.addEventListener("input", () => { this.edited = true; this.later(); });
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("click", () => this.open());
      input.addEventListener("blur", () => { this.close(); this.show(); });
      // What is typed here is no field of the form: lists must not be asked anew for it.
      for (const name of ["input", "change"]) input.addEventListener(name, (event) => event.stopPropagation());
      this.root.querySelector(".pick-box").addEventListener("click", (event) => { if (!event.target.closest("button")) input.focus(); });
      this.floating.addEventListener("pointerdown", (event) => event.preventDefault());
      popup.addEventListener("click", (event) => {
        const place = [...popup.children].indexOf(event.target.closest("[role=option]"));
        if (place >= 0) this.take(place);
      });
      this.chips.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (button) this.remove(button.value);
      });
      this.clear?.addEventListener("click", () => { this.put({ value: "" }, true); this.show(); input.focus(); });
    }

    // What is chosen stands in the controls of the form alone.
    chosen() {
      if (this.select) return [...this.select.selectedOptions].filter((one) => one.value).map((one) => ({ value: one.value, label: one.dataset.label, path: one.dataset.path, hue: one.dataset.hue }));
      return [...this.list.querySelectorAll("input:checked")].filter((one) => one.value).map((one) => {
        const label = one.closest("label");
        return { value: one.value, label: label.querySelector(".pick-name").textContent, hue: label.dataset.hue };
      });
    }

    put(choice, on) {
      const value = on ? choice.value : "";
      if (this.select) {
        let option = [...this.select.options].find((one) => one.value === value);
        if (!option) this.select.append(option = make("option", { value, "data-label": choice.label, "data-path": choice.path, "data-hue": choice.hue }, choice.label));
        option.selected = true;
        return this.changed(this.select);
      }
      const wanted = this.many ? choice.value : value;
      let input = [...this.list.querySelectorAll("input")].find((one) => one.value === wanted);
      if (!input && wanted) {
        input = make("input", { type: this.many ? "checkbox" : "radio", name: this.words.name, value: wanted });
        this.list.append(make("li", {}, make("label", { "data-hue": choice.hue }, input, ...named(choice))));
      }
      for (const one of this.many ? [] : this.list.querySelectorAll("input")) one.checked = false;
      if (input) input.checked = on || !this.many;
      this.changed(input ?? this.list);
    }

    changed(control) { control.dispatchEvent(new Event("change", { bubbles: true })); }

    remove(value) {
      this.put({ value }, false);
      this.show();
      this.input.focus();
    }

    // The box as it stands when nobody types.
    show() {
      const chosen = this.chosen();
      this.edited = false;
      this.input.value = this.many ? "" : chosen[0]?.label ?? "";
      this.input.placeholder = (this.many && chosen.length && !this.isFilter ? "" : this.words.hint || this.words.empty) ?? "";
      if (this.clear) this.clear.hidden = !chosen.length;
      const hue = this.many ? "" : chosen[0]?.hue;
      this.input.parentElement.toggleAttribute("data-hue", Boolean(hue));
      if (hue) this.input.parentElement.dataset.hue = hue;
      this.chips.replaceChildren(...chosen.map((one) => make("li", { class: "chip", "data-hue": one.hue },
        make("span", { class: "clip" }, one.label),
        make("button", { type: "button", value: one.value, "aria-label": this.words.remove.replace("%s", one.label) }, "×"))));
    }

    get text() { return this.many || this.edited ? this.input.value.trim() : ""; }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.open(), PAUSE);
    }

    address() {
      if (!this.isFilter) {
        const url = new URL(this.words.source, location.href);
        url.searchParams.set("q", this.text);
        return url;
      }
      const url = new URL(this.form.action);
      url.search = new URLSearchParams([...new FormData(this.form)].filter(([name, value]) => value && name !== "cursor"));
      url.searchParams.set("pick", this.words.name);
      url.searchParams.set(`text_${this.words.name}`, this.text);
      return url;
    }

    async open() {
      this.asking?.abort();
      this.asking = new AbortController();
      const text = this.text;
      try {
        const answer = await fetch(this.address(), { headers: { Accept: "application/json" }, signal: this.asking.signal });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        if (document.activeElement === this.input) this.offer(await answer.json(), text);
      } catch (error) {
        if (error.name !== "AbortError") this.say(this.words.failed);
      }
    }

    offer({ choices, more, create }, text) {
      this.choices = create ? [...choices, { value: null, label: this.words.create.replace("%s", text), typed: text }] : choices;
      const taken = new Set(this.chosen().map((one) => one.value));
      this.popup.replaceChildren(...this.choices.map((one, place) => make("li", {
        role: "option", id: `${this.popup.id}_${place}`, "aria-selected": String(taken.has(one.value)), "data-hue": one.hue, class: one.value === null && "pick-create",
      }, ...named(one))));
      this.popup.hidden = !this.choices.length;
      const none = this.words.source && !text && !choices.length && more ? this.words.type : this.words.none;
      this.reveal(!choices.length && !create ? none : more ? this.words.more : "");
      this.mark(text && this.choices.length ? 0 : -1);
    }

    say(sentence) {
      this.choices = [];
      this.popup.replaceChildren();
      this.popup.hidden = true;
      this.reveal(sentence);
    }

    reveal(note) {
      this.note.textContent = note;
      this.note.hidden = !note;
      this.floating.hidden = false;
      this.root.classList.add("is-open");
      this.input.setAttribute("aria-expanded", "true");
      this.floating.scrollIntoView({ block: "nearest" });
    }

    close() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.floating.hidden = true;
      this.root.classList.remove("is-open");
      this.input.setAttribute("aria-expanded", "false");
      this.mark(-1);
    }

    get isOpen() { return !this.floating.hidden; }

    mark(place) {
      this.active = place;
      [...this.popup.children].forEach((one, number) => one.classList.toggle("is-active", number === place));
      const one = this.popup.children[place];
      if (one) this.input.setAttribute("aria-activedescendant", one.id);
      else this.input.removeAttribute("aria-activedescendant");
      one?.scrollIntoView({ block: "nearest" });
    }

    async take(place) {
      const choice = this.choices[place];
      if (!choice) return;
      if (choice.value === null) return this.create(choice.typed);
      const on = this.many ? !this.chosen().some((one) => one.value === choice.value) : true;
      this.put(choice, on);
      this.close();
      this.show();
    }

    async create(label) {
      const body = new FormData();
      body.set("label", label);
      const token = this.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
      try {
        const answer = await fetch(this.words.source, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token } });
        const said = await answer.json();
        if (!answer.ok) return this.say(said.error);
        this.put(said.choices[0], true);
        this.close();
        this.show();
      } catch {
        this.say(this.words.failed);
      }
    }

    key(event) {
      const last = this.choices.length - 1;
      const moves = { ArrowDown: this.active < last ? this.active + 1 : 0, ArrowUp: this.active > 0 ? this.active - 1 : last, PageDown: last, PageUp: 0 };
      if (event.isComposing) return;
      if (event.key in moves) {
        event.preventDefault();
        if (this.isOpen) this.mark(moves[event.key]);
        else this.open();
      } else if (event.key === "Enter") {
        if (!this.isOpen && !this.text) return;
        event.preventDefault();
        this.take(this.active);
      } else if (event.key === "Escape" && (this.isOpen || this.edited)) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
        this.show();
      } else if (event.key === "Backspace" && this.many && !this.isFilter && !this.input.value) {
        const before = this.chosen().at(-1);
        if (before) this.remove(before.value);
      }
    }
  }

  const ready = (within) => {
    for (const root of within.querySelectorAll("[data-pick]:not(.is-ready)")) new Picker(root);
  };
  document.addEventListener("htmx:afterSettle", () => ready(document));
  ready(document);
})();
