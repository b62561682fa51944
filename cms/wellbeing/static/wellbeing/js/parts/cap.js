// Today's time for all games together. It is kept in this browser by the day, and signed in also on the server; it shows no
// numbers, hurries nobody, and ends with a rest.
const REPORT_EVERY = 20;

export class Cap {
  constructor(root, { over }) {
    this.root = root;
    this.over = over;
    this.most = Number(root.dataset.cap);
    this.key = `games:${root.dataset.day}`;
    this.played = Math.max(Number(root.dataset.played), this.held());
    this.unsent = this.played - Number(root.dataset.played);
    this.timer = 0;
    for (const old of Object.keys(localStorage)) if (old.startsWith("games:") && old !== this.key) localStorage.removeItem(old);
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.report(); });
  }

  get isOver() { return this.played >= this.most; }

  held() {
    return Number(localStorage.getItem(this.key)) || 0;
  }

  run() {
    if (this.isOver) this.end();
    else if (!this.timer) this.timer = window.setInterval(() => this.tick(), 1000);
  }

  tick() {
    if (document.hidden) return;
    // another tab may have counted as well
    this.played = Math.max(this.played, this.held()) + 1;
    this.unsent += 1;
    localStorage.setItem(this.key, String(this.played));
    if (this.unsent >= REPORT_EVERY) this.report();
    if (this.isOver) this.end();
  }

  end() {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.report();
    this.over();
  }

  report() {
    const { timeUrl } = this.root.dataset;
    const token = this.root.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!timeUrl || !token || !this.unsent) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, seconds: String(this.unsent) });
    this.unsent = 0;
    fetch(timeUrl, { method: "POST", body, keepalive: true }).catch(() => {});
  }
}
