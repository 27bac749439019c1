"use strict";
(() => {
  const film = JSON.parse(document.getElementById("film").textContent);
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const languages = Object.keys(film.captions);
  const MOVING = ["x", "y", "width", "height", "cx", "cy", "r", "points", "font-size", "stroke-width", "opacity"];
  const PAINTED = ["fill", "stroke"];
  const ANCHORS = { start: 0, middle: 0.5, end: 1 };

  // Every beat: the numbers of its marks in painter's order, and which step it belongs to.
  const beats = [];
  film.steps.forEach((count, step) => {
    for (let n = 0; n < count; n += 1) {
      const [runs] = film.beats[beats.length];
      const before = beats.length ? beats[beats.length - 1].marks : [];
      const marks = runs.flatMap((run) => (Array.isArray(run) ? before.slice(run[0], run[0] + run[1]) : run));
      beats.push({ step, marks, last: n === count - 1, pairs: null });
    }
  });

  // When each begins: captions take longer to read in one language than in another.
  let ends = [];
  let total = 0;
  function measure(spoken) {
    ends = [];
    total = 0;
    beats.forEach((beat, n) => {
      const [, lasting, passing] = film.beats[n];
      beat.start = total;
      beat.arrive = total + (n ? passing : 0);
      total += lasting + (beat.last ? film.longer[spoken][beat.step] : 0);
      beat.end = total;
      if (beat.last) ends.push(total);
    });
  }

  let time = 0;
  let playing = false;
  let last = null;
  let language = film.language;
  let shown = new Map();
  let passing = null; // the beat whose way is on the stage, and its elements in painter's order
  let under = [];
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
    if (passing !== null) stage.replaceChildren();
    passing = null;
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

  // The way from one state to the next, as films/stage/motion.py has it: pairs of marks in painter's order, on the way
  // from the first to the second, and over them what travels to where it is born.
  function pairsOf(n) {
    const [before, after] = [beats[n - 1].marks, beats[n].marks];
    const born = film.beats[n][3];
    const keyed = (marks) => new Map(marks.map((number) => [film.marks[number][0], number]));
    const [old, now] = [keyed(before), keyed(after)];
    const gone = new Map();
    let behind = null;
    for (const key of old.keys()) {
      if (now.has(key)) behind = key;
      else gone.set(behind, [...(gone.get(behind) || []), key]);
    }
    const order = [...(gone.get(null) || [])];
    for (const key of now.keys()) order.push(key, ...(gone.get(key) || []));
    const pairs = order.map((key) => [old.get(key), key in born && now.get(key) !== old.get(key) ? old.get(key) : now.get(key), false]);
    for (const [key, sources] of Object.entries(born)) {
      for (const source of sources) pairs.push([old.has(source) ? old.get(source) : now.get(source), now.get(key), true]);
    }
    return pairs.filter(([start, end]) => start !== undefined || end !== undefined);
  }

  const numbers = (node, name) => (node.getAttribute(name) || "").split(/[ ,]/).map(Number);
  const opacity = (node) => Number(node.getAttribute("opacity") || 1);

  function same(from, to) {
    if (from.tagName !== to.tagName || from.innerHTML !== to.innerHTML) return false;
    if (from.getAttribute("text-anchor") !== to.getAttribute("text-anchor")) return false;
    if (numbers(from, "points").length !== numbers(to, "points").length) return false;
    return PAINTED.every((name) => (from.getAttribute(name) === "none") === (to.getAttribute(name) === "none"));
  }

  function mix(node, from, to, share, names = MOVING) {
    for (const name of names) {
      if (!from.hasAttribute(name) && !to.hasAttribute(name)) continue;
      const usual = name === "opacity" ? "1" : null;
      const [a, b] = [from, to].map((one) => (one.hasAttribute(name) ? one.getAttribute(name) : usual));
      if (a === null || b === null) continue;
      const [start, end] = [a, b].map((text) => text.split(/[ ,]/).map(Number));
      if (start.length === end.length) node.setAttribute(name, start.map((value, n) => value + (end[n] - value) * share).join(" "));
    }
    return node;
  }

  function tint(node, from, to, share) {
    for (const name of PAINTED) {
      const [a, b] = [from.getAttribute(name), to.getAttribute(name)];
      if (a === null || b === null || a === b) continue;
      // Letters are read on what is under them: half of one colour and half of the other may be read on nothing.
      if (node.tagName === "text") node.setAttribute(name, share < 0.5 ? a : b);
      else node.style[name] = `color-mix(in srgb, ${b} ${Math.round(100 * share)}%, ${a})`;
    }
  }

  function fade(node, by) {
    node.setAttribute("opacity", opacity(node) * by);
    return node;
  }

  function between(start, end, share) {
    const [from, to] = [element(start), element(end)];
    const node = element(share < 0.5 ? start : end);
    if (same(from, to)) {
      mix(node, from, to, share);
      tint(node, from, to, share);
      return node;
    }
    if (from.tagName === to.tagName && from.getAttribute("text-anchor") === to.getAttribute("text-anchor")) {
      const picture = from.querySelector("image") !== null;
      mix(node, from, to, share, picture ? ["x", "y", "width", "height"] : ["x", "y"]);
      if (picture) return node;
    }
    return fade(node, Math.abs(1 - 2 * share));
  }

  function travelling(start, end, share) {
    const [from, to] = [element(start), element(end)];
    if (from.tagName !== "text" || to.tagName !== "text") return between(start, end, share);
    // A number keeps its own digits until it arrives; its middle goes from place to place.
    const anchor = (node) => ANCHORS[node.getAttribute("text-anchor") || "start"];
    const [small, large] = [from, to].map((node) => numbers(node, "font-size")[0]);
    const [wide] = film.letters[start];
    const middle = (node, size) => numbers(node, "x")[0] + (0.5 - anchor(node)) * wide * size;
    const [x0, x1] = [middle(from, small), middle(to, large)];
    mix(from, from, to, share, ["y", "font-size"]);
    from.setAttribute("x", x0 + (x1 - x0) * share);
    from.setAttribute("text-anchor", "middle");
    from.setAttribute("fill", film.letters[end][1] || film.letters[start][1] || "var(--text)");
    return from;
  }

  // What stands still on the way is made once, what moves or fades at every picture.
  function pass(n, gone) {
    const whole = beats[n].arrive - beats[n].start;
    const fading = Math.min(film.fade, whole);
    const share = gone / whole;
    if (passing !== n) {
      passing = n;
      shown = new Map();
      beats[n].pairs = beats[n].pairs || pairsOf(n);
      under = beats[n].pairs.map(([start, end]) => element(start === undefined ? end : start));
      byId("marks").replaceChildren(...under);
    }
    beats[n].pairs.forEach(([start, end, travels], place) => {
      if (start === end) return;
      let node;
      if (travels) node = travelling(start, end, eased(share));
      else if (end === undefined) node = fade(element(start), Math.max(0, 1 - gone / fading));
      else if (start === undefined) node = fade(element(end), Math.max(0, 1 - (whole - gone) / fading));
      else node = between(start, end, eased(share));
      under[place].replaceWith(node);
      under[place] = node;
    });
  }

  const inTheme = (said) => said[said.length > 1 ? film.themes.indexOf(root.dataset.theme) : 0];

  function say(step) {
    if (step === spoken) return;
    spoken = step;
    const words = `<svg xmlns="http://www.w3.org/2000/svg">${inTheme(film.spoken[language][step])}</svg>`;
    const parsed = new DOMParser().parseFromString(words, "image/svg+xml").documentElement;
    byId("words").replaceChildren(...Array.from(parsed.childNodes, (node) => document.importNode(node, true)));
    byId("caption").textContent = inTheme(film.captions[language][step]);
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
    if (time < beat.arrive && time > beat.start) pass(n, time - beat.start);
    else draw(time < beat.arrive ? beats[n - 1].marks : beat.marks);
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

  // Captions name colours as the theme has them.
  function repaint() {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    spoken = -1;
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
    t: repaint,
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
