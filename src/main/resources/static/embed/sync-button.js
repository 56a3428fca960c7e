/**
 * <caravan-sync-button>: when the last sync was, and a button for the next one.
 *
 * It talks to the server of the page it stands on, never to Green: POST {endpoint}/sync and GET {endpoint}/status. That
 * server holds the tokens and passes both calls on to Caravan.
 *
 *   endpoint     base URL of the two calls; /api/v1/blue when absent
 *   boards       URL of the boards that the outside may see, as JSON; when there are none, the sync starts only after a second
 *                question. Never asked when absent
 *   credentials  as fetch() takes it; same-origin when absent
 *   theme        light or dark; the page's own color-scheme when absent
 *
 * Events: caravan-sync-started and caravan-sync-finished, whose detail is the sync. Colours, font and corners are CSS
 * custom properties that begin with --caravan-sync-, see the first rule below.
 */
(() => {
  'use strict';

  const NAME = 'caravan-sync-button';
  const WHILE_RUNNING_MS = 1000;
  const OTHERWISE_MS = 60000;
  const LOOK_LIMIT_MS = 15000;
  const MARGIN = 12;

  const STYLE = `
    :host {
      --accent: var(--caravan-sync-accent, light-dark(#1d5bd6, #8ab4ff));
      --on-accent: var(--caravan-sync-on-accent, light-dark(#ffffff, #0b1220));
      --surface: var(--caravan-sync-surface, light-dark(#ffffff, #1b1f27));
      --text: var(--caravan-sync-text, light-dark(#1a2130, #e8ecf4));
      --muted: var(--caravan-sync-muted, light-dark(#586274, #a5afc0));
      --line: var(--caravan-sync-line, light-dark(#dce1ea, #363d4b));
      --good: var(--caravan-sync-good, light-dark(#17733f, #6fd398));
      --bad: var(--caravan-sync-bad, light-dark(#b3261e, #ff9d94));
      --bad-surface: var(--caravan-sync-bad-surface, light-dark(#fdf0ee, #36211f));
      --radius: var(--caravan-sync-radius, 10px);
      display: inline-block;
      position: relative;
      font: 400 14px/1.45 var(--caravan-sync-font, system-ui, sans-serif);
      text-align: start;
    }
    :host([hidden]), [hidden] { display: none !important; }
    :host([theme=light]) { color-scheme: light; }
    :host([theme=dark]) { color-scheme: dark; }
    * { box-sizing: border-box; }
    button { font: inherit; color: inherit; cursor: pointer; }
    button:focus-visible, summary:focus-visible, .trail:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

    .toggle {
      display: inline-flex; align-items: center; gap: 8px; max-width: 100%; min-height: 36px; padding: 6px 12px;
      border: 1px solid color-mix(in srgb, currentColor 28%, transparent); border-radius: 999px; background: transparent;
      text-align: start;
    }
    .toggle:focus-visible { outline-color: currentColor; }
    .toggle:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
    .toggle .label { overflow-wrap: anywhere; }
    .clock { font-variant-numeric: tabular-nums; }
    .icon { flex: none; width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.75;
      stroke-linecap: round; stroke-linejoin: round; }
    .chevron { width: 12px; height: 12px; opacity: .7; transition: transform .15s; }
    [aria-expanded=true] .chevron { transform: rotate(180deg); }
    /* Seen on the header's own colour, whatever that is. */
    .dot { flex: none; width: 8px; height: 8px; border-radius: 50%; background: #8b95a7; }
    [data-state=good] .dot { background: #2fae68; }
    [data-state=bad] .dot { background: #e8574c; }
    .turning, [data-state=busy] .dot { display: none; }
    [data-state=busy] .turning { display: block; animation: turn 1.2s linear infinite; }

    .panel {
      position: absolute; z-index: 1000; top: calc(100% + 8px); left: 0; width: min(340px, calc(100vw - 24px));
      max-height: calc(100dvh - 80px); overflow-y: auto; padding: 16px; border: 1px solid var(--line);
      border-radius: var(--radius); background: var(--surface); color: var(--text);
      box-shadow: 0 12px 32px rgb(10 18 35 / .18), 0 2px 6px rgb(10 18 35 / .1);
    }
    .fact { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 12px; margin: 0; }
    .fact + .fact { margin-top: 4px; }
    .fact dt { color: var(--muted); }
    .fact dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
    dl { margin: 0; }
    .box { margin-top: 14px; padding: 10px 12px; border: 1px solid var(--line); border-radius: calc(var(--radius) - 2px); }
    .box p { margin: 0; overflow-wrap: anywhere; }
    .box .title { display: flex; align-items: center; gap: 8px; font-weight: 600; }
    .box p + p { margin-top: 4px; }
    .box.good .title { color: var(--good); }
    .box.bad { border-color: color-mix(in srgb, var(--bad) 45%, transparent); background: var(--bad-surface); }
    .box.bad .title { color: var(--bad); }
    .muted { color: var(--muted); }
    .bar { height: 4px; margin-top: 10px; border-radius: 2px; overflow: hidden; background: var(--line); }
    .bar::before { content: ""; display: block; width: 40%; height: 100%; border-radius: inherit;
      background: var(--accent); animation: slide 1.4s ease-in-out infinite; }
    details { margin-top: 12px; }
    summary { width: fit-content; border-radius: 4px; color: var(--muted); cursor: pointer; }
    .trail { max-height: 160px; margin: 8px 0 0; padding: 0; overflow-y: auto; list-style: none; font-size: 13px; }
    .trail li { display: flex; gap: 10px; padding: 2px 0; overflow-wrap: anywhere; }
    .trail time { flex: none; color: var(--muted); font-variant-numeric: tabular-nums; }
    .go {
      display: flex; align-items: center; justify-content: center; gap: 8px; width: 100%; min-height: 40px; margin-top: 14px;
      padding: 8px 14px; border: 1px solid transparent; border-radius: calc(var(--radius) - 2px); background: var(--accent);
      color: var(--on-accent); font-weight: 600;
    }
    .go:hover { filter: brightness(1.07); }
    .go[aria-disabled=true] { background: var(--line); color: var(--muted); cursor: default; filter: none; }
    .cancel { width: 100%; min-height: 40px; margin-top: 8px; padding: 8px 14px; border: 1px solid var(--line);
      border-radius: calc(var(--radius) - 2px); background: transparent; }
    .spoken { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap; }

    @keyframes turn { to { transform: rotate(1turn); } }
    @keyframes slide { from { transform: translateX(-100%); } to { transform: translateX(250%); } }
    @media (prefers-reduced-motion: reduce) {
      [data-state=busy] .turning, .bar::before { animation: none; }
      .bar::before { width: 100%; opacity: .6; }
      .chevron { transition: none; }
    }
    @media (forced-colors: active) {
      .dot { background: CanvasText !important; }
      [data-state=bad] .dot { border-radius: 0; }
      .bar { border: 1px solid CanvasText; }
      .bar::before { forced-color-adjust: none; background: Highlight; }
      .go { border-color: ButtonBorder; }
      .go[aria-disabled=true] { color: GrayText; border-color: GrayText; }
    }`;

  const ICONS = {
    turning: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 1.5v3h-3',
    chevron: 'M3.5 6l4.5 4.5L12.5 6',
    good: 'M3 8.5l3.2 3.2L13 4.8',
    bad: 'M8 4.5v4M8 11.4v.1M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6z',
  };

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  }

  function icon(name) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('class', 'icon ' + name);
    svg.setAttribute('viewBox', '0 0 16 16');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', ICONS[name]);
    svg.append(path);
    return svg;
  }

  const STEPS = [['second', 60], ['minute', 60], ['hour', 24], ['day', 7], ['week', Infinity]];
  const RELATIVE = new Intl.RelativeTimeFormat('en', {numeric: 'auto'});

  function ago(time) {
    let amount = (Date.now() - Date.parse(time)) / 1000;
    if (amount < 45) {
      return 'just now';
    }
    for (const [unit, size] of STEPS) {
      if (Math.round(amount) < size) {
        return RELATIVE.format(-Math.round(amount), unit);
      }
      amount /= size;
    }
  }

  function absolute(time) {
    return new Date(time).toLocaleString('en-GB', {dateStyle: 'medium', timeStyle: 'long'});
  }

  function clock(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    return Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
  }

  function lasted(ms) {
    const seconds = Math.max(1, Math.round(ms / 1000));
    return seconds < 60 ? seconds + ' s' : Math.floor(seconds / 60) + ' min ' + (seconds % 60) + ' s';
  }

  /** What the server answered in words; final when asking again would say the same. */
  class Refusal extends Error {
    constructor(message, final) {
      super(message);
      this.final = final;
    }
  }

  class SyncButton extends HTMLElement {
    #parts;
    #gone;
    #timer;
    #ticking;
    #looks = 0;
    #status = null;
    #unknown = null;
    #asked = null;
    #running = null;
    #failure = null;
    #doubt = null;
    #begun = null;
    #ended = null;
    #spoken = null;

    connectedCallback() {
      this.#parts ??= this.#build();
      this.#gone = new AbortController();
      const signal = this.#gone.signal;
      document.addEventListener('pointerdown', (event) => event.composedPath().includes(this) || this.#open(false), {signal});
      document.addEventListener('visibilitychange', () => document.hidden || this.#look(), {signal});
      window.addEventListener('resize', () => this.#place(), {signal});
      this.#ticking = setInterval(() => this.#draw(), 1000);
      this.#draw();
      this.#look();
    }

    disconnectedCallback() {
      this.#gone.abort();
      clearTimeout(this.#timer);
      clearInterval(this.#ticking);
    }

    #build() {
      const parts = {
        label: element('span', {class: 'label'}),
        clock: element('span', {class: 'clock', 'aria-hidden': 'true'}),
        last: element('dt'),
        when: element('dd'),
        took: element('dd'),
        tookFact: element('div', {class: 'fact'}),
        box: element('div', {class: 'box'}),
        title: element('p', {class: 'title'}),
        words: element('p'),
        bar: element('div', {class: 'bar', role: 'progressbar', 'aria-label': 'Sync in progress'}),
        details: element('details'),
        trail: element('ul', {class: 'trail', tabindex: '0', 'aria-label': 'What happened'}),
        go: element('button', {class: 'go', type: 'button', part: 'button'}),
        cancel: element('button', {class: 'cancel', type: 'button', part: 'cancel'}, 'Cancel'),
        spoken: element('div', {class: 'spoken', role: 'status', 'aria-live': 'polite'}),
      };
      parts.toggle = element(
        'button', {class: 'toggle', type: 'button', 'aria-expanded': 'false', 'aria-controls': 'panel', part: 'toggle'},
        icon('turning'), element('span', {class: 'dot', 'aria-hidden': 'true'}), parts.label, parts.clock, icon('chevron'));
      parts.tookFact.append(element('dt', {}, 'It took'), parts.took);
      parts.box.append(parts.title, parts.words, parts.bar);
      parts.details.append(element('summary', {}, 'Details'), parts.trail);
      parts.panel = element(
        'div', {class: 'panel', id: 'panel', role: 'group', 'aria-label': 'Sync', hidden: '', part: 'panel'},
        element('dl', {}, element('div', {class: 'fact'}, parts.last, parts.when), parts.tookFact),
        parts.box, parts.details, parts.go, parts.cancel);
      parts.root = element('div', {}, parts.toggle, parts.panel, parts.spoken);

      parts.toggle.addEventListener('click', () => this.#open(parts.panel.hidden));
      parts.go.addEventListener('click', () => this.#sync());
      parts.cancel.addEventListener('click', () => this.#cancel());
      parts.root.addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && !parts.panel.hidden) {
          event.stopPropagation();
          this.#open(false);
          parts.toggle.focus();
        }
      });
      parts.root.addEventListener('focusout', (event) => {
        if (event.relatedTarget && !parts.root.contains(event.relatedTarget)) {
          this.#open(false);
        }
      });
      const shadow = this.attachShadow({mode: 'open'});
      const style = new CSSStyleSheet();
      style.replaceSync(STYLE);
      shadow.adoptedStyleSheets = [style];
      shadow.append(parts.root);
      return parts;
    }

    #open(open) {
      const {panel, toggle} = this.#parts;
      if (panel.hidden !== open) {
        return;
      }
      panel.hidden = !open;
      toggle.setAttribute('aria-expanded', String(open));
      if (open) {
        this.#look();
        this.#place();
      }
    }

    /** Keeps the panel inside the window. */
    #place() {
      const {panel, toggle} = this.#parts;
      if (!panel.hidden) {
        const from = toggle.getBoundingClientRect();
        const most = document.documentElement.clientWidth - MARGIN - panel.offsetWidth;
        const left = from.left <= most ? from.left : Math.min(from.right - panel.offsetWidth, most);
        panel.style.left = Math.max(MARGIN, left) - from.left + 'px';
      }
    }

    /** One look at the status; the next one is sooner while a sync runs. */
    async #look() {
      const number = ++this.#looks;
      clearTimeout(this.#timer);
      try {
        const {body} = await this.#call('GET', '/status', LOOK_LIMIT_MS);
        if (number !== this.#looks) {
          return;
        }
        this.#unknown = null;
        this.#take(body);
      } catch (error) {
        if (number !== this.#looks) {
          return;
        }
        this.#unknown = error.message;
      }
      if (this.#gone.signal.aborted) {
        return;
      }
      this.#draw();
      this.#timer = setTimeout(
        () => document.hidden && !this.#busy() || this.#look(), this.#busy() ? WHILE_RUNNING_MS : OTHERWISE_MS);
    }

    #take(status) {
      const before = this.#running;
      this.#status = status;
      if (status.running && status.running.id !== this.#ended) {
        this.#start(status.running);
      } else if (before) {
        const known = [status.lastSync, status.lastSuccessfulSync, ...(status.history || [])];
        this.#finish(known.find((sync) => sync && sync.id === before.id) || {
          id: before.id, success: false, error: 'What became of the sync is not known.', statusChecks: [], notes: []});
      }
    }

    async #sync() {
      if (this.#busy() || this.#status?.configured === false) {
        return;
      }
      const last = this.#status?.lastSync?.id;
      const sure = this.#doubt !== null;
      this.#asked = Date.now();
      this.#failure = null;
      this.#doubt = null;
      if (!sure) {
        this.#draw();
        this.#doubt = await this.#doubts();
        if (this.#doubt !== null) {
          this.#asked = null;
          this.#say(this.#doubt + ' Sync anyway?');
          this.#draw();
          this.#parts.cancel.focus();
          return;
        }
      }
      this.#say('Sync requested.');
      this.#draw();
      this.#timer = setTimeout(() => this.#look(), WHILE_RUNNING_MS / 2);
      try {
        const {status, body} = await this.#call('POST', '/sync');
        if (status === 202) {
          this.#start({startedAt: new Date().toISOString(), statusChecks: [], notes: [], ...body});
        } else {
          this.#finish(body);
        }
      } catch (error) {
        // An answer may get lost on its way; the sync goes on all the same.
        if (!error.final) {
          await this.#look();
        }
        const newest = this.#status?.lastSync;
        if (!error.final && !this.#running && newest && newest.id !== last) {
          this.#finish(newest);
        } else if (error.final || !this.#running) {
          this.#finish({id: null, success: false, error: error.message, statusChecks: [], notes: []});
        }
      }
      this.#asked = null;
      this.#draw();
      this.#look();
    }

    /** Why a sync may not be meant, in words; null when nothing speaks against it. */
    async #doubts() {
      const url = this.getAttribute('boards');
      if (!url) {
        return null;
      }
      try {
        const answer = await this.#fetch('GET', url, LOOK_LIMIT_MS);
        const body = answer.ok ? await answer.json() : null;
        const boards = Array.isArray(body) ? body : Object.values(body || {}).find(Array.isArray);
        return boards === undefined ? 'Whether any board is visible from outside is not known: the server of this page answered '
            + (answer.ok ? 'without a list.' : answer.status + '.')
          : boards.length === 0 ? 'No board is visible from outside, so Green would have none to show.'
            : null;
      } catch (error) {
        return 'Whether any board is visible from outside is not known: the server of this page does not answer.';
      }
    }

    #cancel() {
      this.#doubt = null;
      this.#say('Sync cancelled.');
      this.#draw();
      this.#parts.go.focus();
    }

    #start(sync) {
      this.#running = sync;
      if (this.#begun !== sync.id) {
        this.#begun = sync.id;
        this.#failure = null;
        this.#tell('caravan-sync-started', sync);
      }
      const latest = (sync.statusChecks || []).at(-1);
      this.#say(latest ? 'Sync is ' + latest.status + '.' : 'Sync started.');
    }

    #finish(sync) {
      this.#running = null;
      if (sync.id && sync.id === this.#ended) {
        return;
      }
      this.#ended = sync.id;
      if (sync.id && this.#begun !== sync.id) {
        this.#begun = sync.id;
        this.#tell('caravan-sync-started', sync);
      }
      if (sync.id) {
        this.#status = {configured: true, ...this.#status, running: null, lastSync: sync};
        if (sync.success) {
          this.#status.lastSuccessfulSync = sync;
        }
      } else {
        this.#failure = sync;
      }
      this.#say(sync.success ? 'Sync succeeded.' : 'Sync failed. ' + (sync.error || ''));
      this.#tell('caravan-sync-finished', sync);
      this.#draw();
    }

    #tell(event, sync) {
      this.dispatchEvent(new CustomEvent(event, {bubbles: true, composed: true, detail: sync}));
    }

    /** Only what is new, or a screen reader would repeat every check. */
    #say(words) {
      if (words !== this.#spoken) {
        this.#spoken = words;
        this.#parts.spoken.textContent = words;
      }
    }

    #busy() {
      return this.#asked !== null || this.#running !== null;
    }

    #fetch(method, url, limit) {
      const signals = limit ? [this.#gone.signal, AbortSignal.timeout(limit)] : [this.#gone.signal];
      return fetch(url, {
        method,
        cache: 'no-store',
        credentials: this.getAttribute('credentials') || 'same-origin',
        headers: method === 'POST' ? {Accept: 'application/json', Prefer: 'respond-async'} : {Accept: 'application/json'},
        signal: AbortSignal.any(signals),
      });
    }

    async #call(method, path, limit) {
      const base = (this.getAttribute('endpoint') || '/api/v1/blue').replace(/\/+$/, '');
      let answer;
      let body = null;
      try {
        answer = await this.#fetch(method, base + path, limit);
        body = await answer.json().catch(() => null);
      } catch (error) {
        throw new Refusal('The server of this page does not answer.', false);
      }
      if (answer.ok && body !== null && typeof body === 'object') {
        return {status: answer.status, body};
      }
      const refused = answer.status >= 400 && answer.status < 500 || body?.detail !== undefined;
      throw new Refusal(
        body?.detail || (answer.ok ? 'The server of this page did not answer with JSON; perhaps your log-in has ended.'
          : answer.status === 401 || answer.status === 403 ? 'You are not logged in, or may not start a sync.'
            : 'The server of this page answered ' + answer.status + '.'),
        refused);
    }

    #draw() {
      const parts = this.#parts;
      const last = this.#status?.lastSync;
      const good = this.#status?.lastSuccessfulSync;
      const failed = this.#failure || (last && !last.success ? last : null);
      const busy = this.#busy();
      const off = this.#status?.configured === false;
      const began = this.#running ? Date.parse(this.#running.startedAt) : this.#asked;

      parts.root.dataset.state = busy ? 'busy' : failed ? 'bad' : this.#unknown ? 'unknown' : good ? 'good' : 'none';
      put(parts.label,
        busy ? 'Syncing…'
          : failed ? 'Sync failed'
            : good ? 'Synced ' + ago(good.finishedAt)
              : this.#unknown ? 'Sync status unknown' : this.#status ? 'Never synced' : 'Sync');
      put(parts.clock, busy ? clock(Date.now() - began) : '');
      parts.clock.hidden = !busy;
      parts.toggle.title = good ? 'Last sync: ' + absolute(good.finishedAt) : '';

      put(parts.last, failed ? 'Last successful sync' : 'Last sync');
      const time = good ? good.finishedAt + '|' + ago(good.finishedAt) : this.#status ? 'Never' : 'Not known';
      if (parts.when.dataset.shown !== time) {
        parts.when.dataset.shown = time;
        parts.when.replaceChildren(
          good ? element('time', {datetime: good.finishedAt, title: absolute(good.finishedAt)}, ago(good.finishedAt)) : time);
      }
      parts.tookFact.hidden = !good;
      put(parts.took, good ? lasted(good.durationMs) : '');

      this.#drawBox(busy, failed, off, last);
      this.#drawTrail(this.#running || failed || last);
      parts.go.setAttribute('aria-disabled', String(busy || off));
      put(parts.go, busy ? 'Syncing…' : this.#doubt ? 'Sync anyway' : failed ? 'Try again' : 'Sync now');
      parts.cancel.hidden = this.#doubt === null;
      this.#place();
    }

    #drawBox(busy, failed, off, last) {
      const {box, title, words, bar} = this.#parts;
      const kind = busy ? 'busy' : this.#doubt ? 'doubt' : failed ? 'bad' : off || this.#unknown ? 'off' : last ? 'good' : 'none';
      const latest = (this.#running?.statusChecks || []).at(-1);
      const texts = {
        busy: [this.#running ? 'Sync in progress' : 'Asking Green',
          !latest ? 'Waiting for the first answer.'
            : latest.status === 'unreachable' ? 'Green does not answer at the moment; asking again.'
              : 'Green says: ' + latest.status.replace('_', ' ') + '.'],
        doubt: ['Sync anyway?', this.#doubt],
        bad: ['The last sync failed', failed?.error || 'No reason was given.'],
        off: [off ? 'Sync is not set up' : 'Status unknown',
          off ? 'Set TARGET_API_URL and SYNC_SECRET_KEY at Caravan.' : this.#unknown],
        good: ['The last sync succeeded', ''],
        none: ['', ''],
      }[kind];
      box.hidden = kind === 'none';
      box.className = 'box ' + kind;
      bar.hidden = !busy;
      if (title.dataset.shown !== texts[0]) {
        title.dataset.shown = texts[0];
        title.replaceChildren(...(kind === 'good' || kind === 'bad' ? [icon(kind)] : []), texts[0]);
      }
      put(words, texts[1]);
      words.hidden = !texts[1];
      words.className = kind === 'bad' || kind === 'doubt' ? '' : 'muted';
    }

    /** Notes and checks, one line for each change of state. */
    #drawTrail(sync) {
      const {details, trail} = this.#parts;
      const lines = (sync?.notes || []).map((note) => [null, note]);
      (sync?.target ? [sync.target + ' accepted the sync.'] : []).forEach((line) => lines.push([null, line]));
      let previous = null;
      for (const check of sync?.statusChecks || []) {
        if (check.status !== previous) {
          lines.push([check.at, check.status.replace('_', ' ')]);
          previous = check.status;
        }
      }
      const shown = JSON.stringify(lines);
      details.hidden = lines.length === 0;
      if (trail.dataset.shown !== shown) {
        trail.dataset.shown = shown;
        trail.replaceChildren(...lines.map(([at, line]) => element(
          'li', {},
          ...(at ? [element('time', {datetime: at, title: absolute(at)}, new Date(at).toLocaleTimeString('en-GB'))] : []),
          line)));
      }
    }
  }

  function put(node, text) {
    if (node.textContent !== text) {
      node.textContent = text;
    }
  }

  if (!customElements.get(NAME)) {
    customElements.define(NAME, SyncButton);
  }
})();
