// Only adds: every page works without it. Words come from data-say-… attributes of <body>.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (name, n) => (document.body.dataset["say" + name] || "").replace("{n}", n);
  const number = (input) => (/^\d+$/.test(input.value.trim()) ? Number(input.value) : NaN);

  // After a refusal the summary is read first.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }

  // One press sends once.
  all("form").forEach((form) =>
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, 5000);
    })
  );

  const note = (after, className) => {
    const p = document.createElement("p");
    p.className = className;
    p.setAttribute("aria-live", "polite");
    after.after(p);
    return p;
  };

  // How many characters are left, when few are.
  all("[data-max]").forEach((input) => {
    const max = Number(input.dataset.max);
    if (max < 40) return;
    let left;
    input.addEventListener("input", () => {
      const rest = max - [...input.value.normalize("NFC")].length;
      if (rest > max / 5 && !left) return;
      left = left || note(input, "dc-left");
      left.textContent = say("Left", rest);
      left.classList.toggle("dc-left--over", rest < 0);
    });
  });

  // Money as people read it: 200000 -> 200.000 đ.
  all("[data-money]").forEach((input) => {
    let shown;
    const show = () => {
      const n = input.value.replace(/[. ]/g, "");
      if (!/^\d{4,15}$/.test(n) && !shown) return;
      shown = shown || note(input.parentElement, "dc-left");
      shown.textContent = /^\d{4,15}$/.test(n) ? n.replace(/\B(?=(\d{3})+$)/g, ".") + " đ" : "";
    };
    input.addEventListener("input", show);
    show();
  });

  // Drafts: what is typed in a hall without signal stays on the device until it was taken.
  const store = {
    get: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    drop: (key) => { try { localStorage.removeItem(key); } catch {} },
  };
  const sent = store.get("dc-sent");
  if (sent && !summary && sent.from !== location.pathname) {
    store.drop(sent.key);
    store.drop("dc-sent");
  }
  all("form[data-draft]").forEach((form) => {
    const key = "dc-draft-" + form.dataset.draft;
    const fields = () =>
      all("input,select,textarea", form).filter((f) => f.name && !["hidden", "password", "file"].includes(f.type) && f.autocomplete !== "one-time-code");
    const draft = summary ? null : store.get(key);
    if (draft) {
      const seen = {};
      fields().forEach((f) => {
        const i = (seen[f.name] = (seen[f.name] ?? -1) + 1);
        const value = draft[f.name]?.[i];
        if (value === undefined) return;
        if (f.type === "checkbox" || f.type === "radio") f.checked = value;
        else f.value = value;
        f.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    let saved;
    const save = () => {
      const values = {};
      fields().forEach((f) => (values[f.name] ||= []).push(f.type === "checkbox" || f.type === "radio" ? f.checked : f.value));
      if (!store.set(key, values)) return;
      saved = saved || note(form.querySelector("button:last-of-type") || form.lastElementChild, "dc-saved");
      saved.textContent = say("Saved");
    };
    form.addEventListener("input", save);
    form.addEventListener("submit", () => store.set("dc-sent", { key, from: location.pathname }));
  });

  // Pictures: choosing again adds a page, a page can be taken out, and a large photograph is made smaller before it
  // goes over 3G. Without this the field's own list holds what was chosen last, and "Another page" two more.
  const longest = 2000;
  const smaller = async (file) => {
    if (!file.type.startsWith("image/")) return file;
    try {
      const picture = await createImageBitmap(file);
      const scale = longest / Math.max(picture.width, picture.height);
      if (scale >= 1) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch { return file; }
  };
  all("[data-files]").forEach((box) => {
    const input = box.querySelector("input[type=file]");
    if (typeof DataTransfer !== "function") return;
    box.querySelector("[data-files-more]")?.remove();
    const list = document.createElement("ul");
    list.className = "govuk-list dc-files__list";
    list.setAttribute("aria-live", "polite");
    input.after(list);
    let files = [], working;
    const show = () => {
      const transfer = new DataTransfer();
      files.forEach((file) => transfer.items.add(file));
      input.files = transfer.files;
      list.replaceChildren(
        ...files.map((file) => {
          const line = document.createElement("li");
          const button = document.createElement("button");
          button.type = "button";
          button.className = "dc-link-button dc-files__remove";
          button.textContent = say("Remove");
          button.setAttribute("aria-label", `${say("Remove")} ${file.name}`);
          button.addEventListener("click", () => {
            files = files.filter((other) => other !== file);
            show();
            input.focus();
          });
          line.append(`${file.name} (${Math.ceil(file.size / 1024)} KB) `, button);
          return line;
        })
      );
    };
    input.addEventListener("change", () => {
      const chosen = [...input.files];
      list.textContent = say("Making");
      working = (async () => {
        for (const file of chosen) files.push(await smaller(file));
        show();
        working = undefined;
      })();
    });
    input.form.addEventListener(
      "submit",
      (event) => {
        if (!working) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        working.then(() => input.form.requestSubmit(event.submitter));
      },
      { capture: true }
    );
  });

  // The parts of a vote against those present: <div data-sum="71" data-ok="…" data-less="…{left}…" data-wrong="…{n}…">.
  // data-sum-of names the field of those present; left empty, or without it, they are data-sum. Nothing is said before all
  // parts are typed.
  all("[data-sum]").forEach((box) => {
    const form = box.closest("form");
    const of = box.dataset.sumOf && form?.elements[box.dataset.sumOf];
    const out = box.querySelector("[data-sum-out]") || note(box.lastElementChild, "dc-sum");
    const check = () => {
      const values = all("input[inputmode=numeric]", box).map(number);
      const total = of && of.value.trim() ? number(of) : Number(box.dataset.sum);
      out.hidden = Number.isNaN(total) || values.some(Number.isNaN);
      if (out.hidden) return;
      const sum = values.reduce((a, b) => a + b, 0);
      const words = sum === total ? box.dataset.ok : sum < total ? box.dataset.less || box.dataset.wrong : box.dataset.wrong;
      out.classList.toggle("dc-sum--wrong", sum > total || (sum < total && !box.dataset.less));
      out.textContent = (words || "").replace("{n}", sum).replace("{total}", total).replace("{left}", total - sum);
    };
    (form || box).addEventListener("input", check);
    check();
  });

  // Attendance: <form data-ticks> … <b data-ticks-out>. A box with data-tick saves itself. One request at a time, so that
  // a box ticked and unticked ends as it stands. While all goes well the count runs ahead of the answer; as soon as
  // something could not be saved it is the server's, and beside it stands how many it has not heard of and why. They are
  // sent again: by themselves, when the device is online or the page is looked at again, by the form's own button as well.
  all("[data-ticks]").forEach((form) => {
    const out = form.querySelector("[data-ticks-out]"), state = form.querySelector("[data-ticks-state]");
    if (!out) return; // a search that found nobody
    const said = form.querySelector("[data-ticks-said]"), signIn = form.querySelector("[data-ticks-sign-in]");
    const shown = form.querySelector("[name=shown]");
    const boxes = all("input[type=checkbox][data-tick]", form);
    const known = new Map(boxes.map((box) => [box, box.defaultChecked]));
    const waiting = new Set(); // to be sent
    const refused = new Map(); // what the server will not take, now or later, and why
    let present = Number(out.textContent) || 0, busy = false, pause = 0, ended = false, trouble = false, timer;

    const show = () => {
      const unsaved = boxes.filter((box) => box.checked !== known.get(box));
      const failing = unsaved.length > 0 && (ended || pause > 0 || refused.size > 0);
      boxes.forEach((box) => box.closest("li").classList.toggle("dc-household--unsaved", failing && unsaved.includes(box)));
      out.textContent = failing ? present : unsaved.reduce((n, box) => n + (box.checked ? 1 : -1), present);
      signIn.hidden = !(failing && ended);
      if (failing) {
        const why = ended ? form.dataset.sayEnded : [...refused.values()].pop() || form.dataset.sayWaiting;
        said.textContent = `${(form.dataset.sayUnsaved || "").replace("{n}", unsaved.length)} ${why || ""}`;
      } else {
        said.textContent = trouble ? form.dataset.sayKept || "" : "";
      }
      state.hidden = !said.textContent;
      state.classList.toggle("dc-ticks-state--unsaved", failing);
      state.classList.toggle("dc-ticks-state--wrong", failing && (ended || refused.size > 0));
      trouble = trouble || failing;
    };
    const saved = (box, value, answer) => {
      known.set(box, value);
      if (Number.isInteger(answer.present)) present = answer.present;
      if (shown) {
        const at = Number(box.dataset.place);
        shown.value = shown.value.slice(0, at) + (value ? "1" : "0") + shown.value.slice(at + 1);
      }
      if (box.checked === value) waiting.delete(box);
      pause = 0;
      ended = false;
    };
    const later = () => {
      pause = Math.min(pause ? pause * 2 : 2000, 30000);
      clearTimeout(timer);
      timer = setTimeout(send, pause);
    };
    const ask = async (box, value) => {
      const stop = new AbortController();
      const limit = setTimeout(() => stop.abort(), 15000);
      try {
        const answer = await fetch(box.dataset.tick, {
          method: "POST",
          headers: { "Content-Type": "application/json", Accept: "application/json" },
          body: JSON.stringify({ present: value }),
          signal: stop.signal,
        });
        return { status: answer.status, body: await answer.json().catch(() => ({})) };
      } catch {
        return { status: 0 };
      } finally {
        clearTimeout(limit);
      }
    };
    const send = async () => {
      if (busy || !waiting.size) return;
      busy = true;
      const [box] = waiting;
      const value = box.checked;
      const { status, body } = await ask(box, value);
      busy = false;
      if (status >= 200 && status < 300) {
        saved(box, value, body);
      } else if (status >= 400 && status < 500 && ![401, 408, 429].includes(status)) {
        waiting.delete(box);
        if (box.checked !== known.get(box)) refused.set(box, body.detail || body.title || status);
        pause = 0;
        ended = false;
      } else {
        ended = status === 401;
        later();
      }
      show();
      if (!pause) send();
    };
    form.addEventListener("input", (event) => {
      const box = event.target;
      if (!known.has(box)) return;
      waiting.delete(box);
      refused.delete(box);
      if (box.checked !== known.get(box) || busy) waiting.add(box);
      show();
      if (!pause) send();
    });
    const now = () => {
      if (!waiting.size || busy) return;
      clearTimeout(timer);
      send();
    };
    addEventListener("online", now);
    addEventListener("focus", now); // back from the page where one signs in
    document.addEventListener("visibilitychange", () => document.hidden || now());
    show();
  });

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  // Zalo's browser has no share sheet: the text is copied instead.
  all("[data-share]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = button.dataset.share;
      try {
        if (navigator.share) return await navigator.share({ text });
        await navigator.clipboard.writeText(text);
        button.textContent = say("Copied");
      } catch {}
    });
  });
})();
