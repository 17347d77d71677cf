// Files go from here to S3 without a detour: several at once, large ones in parts, and on again after a cut connection.
(() => {
  "use strict";
  const panel = document.querySelector("[data-files]");
  if (!panel) return;

  const AT_ONCE = 2;
  const PARTS_AT_ONCE = 3;
  const MOST_TRIES = 7;
  const LONGEST_PAUSE = 20000;
  const STALLED = 45000;

  const limits = JSON.parse(panel.dataset.limits);
  const words = JSON.parse(panel.dataset.words);
  const rows = panel.querySelector("[data-rows]");
  const drop = panel.querySelector("[data-drop]");
  const list = panel.querySelector("[data-uploads]");
  const template = panel.querySelector("[data-upload-row]");
  const input = panel.querySelector("input[type=file]");
  const uploads = new Set();
  let finishing = Promise.resolve();

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const size = (bytes) => {
    const [step, unit] = [[1024 ** 3, "GB"], [1024 ** 2, "MB"], [1024, "KB"], [1, "B"]].find(([one]) => bytes >= one) ?? [1, "B"];
    return `${(bytes / step).toLocaleString(document.documentElement.lang, { maximumFractionDigits: step > 1024 ? 1 : 0 })} ${unit}`;
  };

  // `final`: trying again would come to the same. `status` 0: the connection was cut.
  class Failure extends Error {
    constructor(status, message, final = false) {
      super(message || words.failed);
      Object.assign(this, { status, final });
    }
  }

  const ask = async (address, values, signal) => {
    const headers = { "X-CSRFToken": panel.dataset.token, Accept: "application/json" };
    let answer;
    try {
      answer = await fetch(panel.dataset[address], { method: "POST", headers, body: new URLSearchParams(values), signal });
    } catch (error) {
      throw new Failure(0, "", error.name === "AbortError");
    }
    if (answer.redirected || answer.status === 401) throw new Failure(401, words.signedOut, true);
    if (answer.ok) return answer;
    const said = await answer.json().catch(() => ({}));
    throw new Failure(answer.status, said.error, answer.status < 500 && answer.status !== 429);
  };

  class Upload {
    constructor(file) {
      this.file = file;
      this.row = template.content.firstElementChild.cloneNode(true);
      this.note = this.row.querySelector("[data-note]");
      this.bar = this.row.querySelector("[data-progress]");
      this.row.querySelector("[data-name]").textContent = file.name;
      this.row.querySelector("[data-cancel]").addEventListener("click", () => this.cancel());
      this.row.querySelector("[data-retry]").addEventListener("click", () => this.wait());
      list.append(this.row);
      uploads.add(this);
    }

    show(state, text) {
      this.state = state;
      this.row.dataset.state = state;
      this.row.toggleAttribute("aria-busy", state === "sending");
      // Progress is read out on demand, not with every step; what has ended is said.
      this.note.setAttribute("aria-live", state === "failed" ? "polite" : "off");
      this.note.textContent = text;
    }

    get open() { return ["waiting", "sending"].includes(this.state); }

    wait() {
      this.control = new AbortController();
      this.show("waiting", words.waiting);
      next();
    }

    refuse(text) {
      this.show("failed", text);
      this.row.querySelector("[data-retry]").remove();
    }

    async run() {
      this.show("sending", words.waiting);
      try {
        await this.persist(() => this.prepare());
        if (this.plan.parts) await this.sendParts();
        else await this.persist(() => this.sendWhole());
        this.show("sending", words.checking);
        await this.finish();
        this.leave();
      } catch (error) {
        if (this.state === "cancelled") return;
        if (error.final) this.plan = null;
        this.control.abort();
        if (error.final && error.status !== 401) this.refuse(error.message);
        else this.show("failed", error.message);
      } finally {
        next();
      }
    }

    async prepare() {
      if (this.plan) return;
      const answer = await ask("start", { name: this.file.name, size: this.file.size }, this.control.signal);
      this.plan = await answer.json();
      this.sent = new Map();
      this.done = new Set();
    }

    async sendWhole() {
      await this.prepare();
      try {
        const xhr = await this.put(this.plan.url, this.file, this.plan.headers, 0);
        this.version = xhr.getResponseHeader("x-amz-version-id") ?? "";
      } catch (error) {
        if (error.status === 403) this.plan = null; // the address has expired
        throw error;
      }
    }

    async sendParts() {
      const waiting = Array.from({ length: this.plan.parts }, (_, at) => at + 1).filter((number) => !this.done.has(number));
      const lane = async () => {
        while (waiting.length) {
          const number = waiting.shift();
          await this.persist(() => this.sendPart(number));
          this.done.add(number);
        }
      };
      await Promise.all(Array.from({ length: PARTS_AT_ONCE }, lane));
    }

    // Signed anew at each attempt, so that a part may begin hours after the first.
    async sendPart(number) {
      const answer = await ask("parts", { token: this.plan.token, numbers: number }, this.control.signal);
      const { urls } = await answer.json();
      const from = (number - 1) * this.plan.part_size;
      await this.put(urls[number], this.file.slice(from, from + this.plan.part_size), {}, number);
    }

    finish() {
      // One after the other, so that the list shown last is the newest.
      const turn = finishing.then(() => this.persist(async () => {
        const beside = new FormData(panel.querySelector("form[data-beside]") ?? undefined); // what to do with it once it is there
        const values = { ...Object.fromEntries(beside), token: this.plan.token, s3_version: this.version ?? "" };
        const answer = await ask("finish", values, this.control.signal);
        rows.innerHTML = await answer.text();
        window.htmx?.process(rows);
        window.htmx?.trigger(document.body, "uploaded");
      }));
      finishing = turn.catch(() => {});
      return turn;
    }

    put(url, body, headers, number) {
      return new Promise((resolve, reject) => {
        const xhr = new XMLHttpRequest();
        const stop = () => xhr.abort();
        let stalled;
        const alive = () => {
          clearTimeout(stalled);
          stalled = setTimeout(stop, STALLED);
        };
        const ended = () => {
          clearTimeout(stalled);
          this.control.signal.removeEventListener("abort", stop);
          window.removeEventListener("offline", stop);
        };
        xhr.open("PUT", url);
        for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
        xhr.upload.addEventListener("progress", (event) => {
          alive();
          this.progress(number, event.loaded);
        });
        xhr.addEventListener("load", () => (xhr.status < 300 ? resolve(xhr) : reject(new Failure(xhr.status))));
        for (const name of ["error", "abort"]) xhr.addEventListener(name, () => reject(new Failure(0)));
        xhr.addEventListener("loadend", ended);
        this.control.signal.addEventListener("abort", stop);
        window.addEventListener("offline", stop);
        alive();
        xhr.send(body);
      });
    }

    progress(number, bytes) {
      this.sent.set(number, bytes);
      const sent = [...this.sent.values()].reduce((sum, one) => sum + one, 0);
      this.bar.value = Math.floor((100 * sent) / this.file.size);
      this.show("sending", fill(words.sending, { sent: size(Math.min(sent, this.file.size)), size: size(this.file.size) }));
    }

    // Tries again with growing pauses; waits for the connection without counting that as a try.
    async persist(act) {
      for (let tries = 1; ; tries++) {
        try {
          return await act();
        } catch (error) {
          if (!(error instanceof Failure) || error.final || this.control.signal.aborted || tries >= MOST_TRIES) throw error;
          this.show("sending", navigator.onLine ? words.again : words.offline);
          await this.pause(Math.min(500 * 2 ** tries, LONGEST_PAUSE));
        }
      }
    }

    pause(milliseconds) {
      return new Promise((resolve) => {
        const go = () => {
          clearTimeout(timer);
          window.removeEventListener("online", go);
          this.control.signal.removeEventListener("abort", go);
          resolve();
        };
        const timer = navigator.onLine ? setTimeout(go, milliseconds) : undefined;
        window.addEventListener("online", go);
        this.control.signal.addEventListener("abort", go);
      });
    }

    cancel() {
      const { plan } = this;
      this.state = "cancelled";
      this.control?.abort();
      this.close();
      if (plan) ask("abort", { token: plan.token }).catch(() => {}); // what stays behind is swept away with time
      next();
    }

    leave() {
      this.show("done", words.done);
      said.textContent = `${this.file.name}: ${words.done}`;
      this.close();
    }

    close() {
      const hadFocus = this.row.contains(document.activeElement);
      this.row.remove();
      uploads.delete(this);
      if (hadFocus) input.focus();
    }
  }

  const next = () => {
    const all = [...uploads];
    let free = AT_ONCE - all.filter((one) => one.state === "sending").length;
    for (const upload of all) if (upload.state === "waiting" && free-- > 0) upload.run();
  };

  const problem = (file) => {
    const limit = limits[(/\.[^.]+$/.exec(file.name.toLowerCase()) ?? [""])[0]];
    if (!limit) return words.type;
    if (!file.size) return words.empty;
    return file.size > limit ? fill(words.large, { size: size(file.size), limit: size(limit) }) : "";
  };

  const add = (files) => {
    for (const file of files) {
      const upload = new Upload(file);
      const refused = problem(file);
      if (refused) upload.refuse(refused);
      else upload.wait();
    }
  };

  const said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  said.setAttribute("role", "status");
  panel.append(said);
  for (const part of panel.querySelectorAll("[data-with-script]")) part.hidden = false;

  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });

  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    window.addEventListener(name, (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault(); // beside the zone the browser would open the file and leave the page
      event.dataTransfer.dropEffect = panel.contains(event.target) ? "copy" : "none";
      drop.classList.toggle("is-over", panel.contains(event.target));
    });
  }
  window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("is-over"); });
  window.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.classList.remove("is-over");
    if (!panel.contains(event.target)) return;
    const folders = new Set([...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry?.isDirectory).map((entry) => entry.name));
    const files = [...event.dataTransfer.files];
    for (const file of files.filter((one) => folders.has(one.name))) new Upload(file).refuse(words.folder);
    add(files.filter((one) => !folders.has(one.name)));
  });

  window.addEventListener("beforeunload", (event) => {
    if ([...uploads].some((upload) => upload.open)) event.preventDefault();
  });
})();
