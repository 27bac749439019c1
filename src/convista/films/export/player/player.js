"use strict";
(() => {
  const film = JSON.parse(document.getElementById("film").textContent);
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const languages = Object.keys(film.captions);
  const MOVING = ["x", "y", "width", "height", "cx", "cy", "points"];

  // Every beat: the numbers of its marks in painter's order, and which step it belongs to.
  const beats = [];
  film.steps.forEach((count, step) => {
    for (let n = 0; n < count; n += 1) {
      const [runs] = film.beats[beats.length];
      const before = beats.length ? beats[beats.length - 1].marks : [];
      const marks = runs.flatMap((run) => (Array.isArray(run) ? before.slice(run[0], run[0] + run[1]) : run));
      beats.push({ step, marks, last: n === count - 1 });
    }
  });

  // When each begins: captions take longer to read in one language than in another.
  let ends = [];
  let total = 0;
  function measure(spoken) {
    ends = [];
    total = 0;
    beats.forEach((beat, n) => {
      const [, seconds, travel] = film.beats[n];
      beat.start = total;
      beat.arrive = total + (n ? travel : 0);
      total += seconds + travel + (beat.last ? film.longer[spoken][beat.step] : 0);
      beat.end = total;
      if (beat.last) ends.push(total);
    });
  }

  let time = 0;
  let playing = false;
  let last = null;
  let language = film.language;
  let shown = new Map();
  let spoken = -1;
  const made = new Map();
  measure(language);

  function element(number) {
    const [, ...texts] = film.marks[number];
    const markup = texts[texts.length > 1 ? languages.indexOf(language) : 0];
    if (!made.has(markup)) {
      const parsed = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg">${markup}</svg>`, "image/svg+xml");
      made.set(markup, parsed.documentElement.firstChild);
    }
    const copy = document.importNode(made.get(markup), true);
    copy.dataset.key = film.marks[number][0];
    return copy;
  }

  // Elements live as long as their key is on the stage and their mark is the same; order is painter's order.
  function draw(marks) {
    const stage = byId("marks");
    const now = new Map();
    let place = stage.firstChild;
    for (const number of marks) {
      const key = film.marks[number][0];
      const known = shown.get(key);
      const node = known && known.number === number ? known.node : element(number);
      if (known && known.node !== node) {
        if (place === known.node) place = node;
        known.node.replaceWith(node);
      }
      if (node === place) place = place.nextSibling;
      else stage.insertBefore(node, place);
      now.set(key, { number, node });
    }
    for (const [key, { node }] of shown) if (!now.has(key)) node.remove();
    shown = now;
  }

  const eased = (share) => share * share * (3 - 2 * share);

  function move(marks, share) {
    for (const number of marks) {
      const here = shown.get(film.marks[number][0]);
      if (!here) continue;
      const from = element(here.number);
      const to = here.number === number ? from : element(number);
      if (from.tagName !== to.tagName) continue;
      for (const name of MOVING) {
        const [a, b] = [from.getAttribute(name), to.getAttribute(name)];
        if (a === null || b === null) continue;
        const [start, end] = [a, b].map((text) => text.split(/[ ,]/).map(Number));
        if (start.length !== end.length) continue;
        here.node.setAttribute(name, start.map((value, n) => value + (end[n] - value) * share).join(" "));
      }
    }
  }

  function say(step) {
    if (step === spoken) return;
    spoken = step;
    const words = `<svg xmlns="http://www.w3.org/2000/svg">${film.spoken[language][step]}</svg>`;
    const parsed = new DOMParser().parseFromString(words, "image/svg+xml").documentElement;
    byId("words").replaceChildren(...Array.from(parsed.childNodes, (node) => document.importNode(node, true)));
    byId("caption").textContent = film.captions[language][step];
    byId("place").value = `${step + 1} / ${film.steps.length}`;
  }

  function current() {
    let n = beats.length - 1;
    while (n > 0 && beats[n].start > time) n -= 1;
    return n;
  }

  function show() {
    const n = current();
    const beat = beats[n];
    if (time < beat.arrive) {
      draw(beats[n - 1].marks);
      move(beat.marks, eased((time - beat.start) / (beat.arrive - beat.start)));
    } else {
      draw(beat.marks);
      move(beat.marks, 1);
    }
    say(beat.step);
    byId("position").value = (1000 * time) / total;
  }

  function translate() {
    root.lang = language;
    document.title = film.title[language];
    const said = (name) => film.said[name][language];
    for (const name of ["previous", "next", "position", "speed", "language", "theme"]) {
      byId(name).title = said(name);
      byId(name).setAttribute("aria-label", said(name));
    }
    byId("play").title = said(playing ? "pause" : "play");
    byId("play").setAttribute("aria-label", said(playing ? "pause" : "play"));
    byId("language").textContent = language.toUpperCase();
    byId("controls").title = said("keys");
    for (const option of byId("speed").options) {
      option.text = `${language === "es" ? option.value.replace(".", ",") : option.value}×`;
    }
  }

  function play(on) {
    if (on && time >= total) time = 0;
    playing = on;
    last = null;
    root.toggleAttribute("data-playing", on);
    translate();
    if (on) requestAnimationFrame(tick);
  }

  function tick(now) {
    if (!playing) return;
    if (last !== null) time = Math.min(total, time + ((now - last) / 1000) * Number(byId("speed").value));
    last = now;
    show();
    if (time >= total) play(false);
    else requestAnimationFrame(tick);
  }

  function go(step) {
    play(false);
    const asked = Math.max(0, Math.min(film.steps.length - 1, step));
    time = ends[asked] - 1e-6;
    show();
  }

  function speak() {
    const beat = beats[current()];
    const share = (time - beat.start) / (beat.end - beat.start);
    language = languages[(languages.indexOf(language) + 1) % languages.length];
    measure(language);
    time = beat.start + share * (beat.end - beat.start);
    draw([]);
    spoken = -1;
    translate();
    show();
  }

  function faster(by) {
    const speed = byId("speed");
    speed.selectedIndex = Math.max(0, Math.min(speed.options.length - 1, speed.selectedIndex + by));
  }

  const act = {
    " ": () => play(!playing),
    ArrowRight: () => go(spoken + 1),
    ArrowLeft: () => go(spoken - 1),
    Home: () => go(0),
    End: () => go(film.steps.length - 1),
    l: speak,
    t: () => { root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; },
    "+": () => faster(1),
    "-": () => faster(-1),
  };
  document.addEventListener("keydown", (event) => {
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey || event.altKey || !(name in act) || event.target.tagName === "SELECT") return;
    event.preventDefault();
    act[name]();
  });
  byId("play").onclick = act[" "];
  byId("next").onclick = act.ArrowRight;
  byId("previous").onclick = act.ArrowLeft;
  byId("language").onclick = speak;
  byId("theme").onclick = act.t;
  byId("position").oninput = (event) => {
    play(false);
    time = (Number(event.target.value) / 1000) * total;
    show();
  };
  translate();
  show();
})();
