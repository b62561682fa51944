// The line to the room's server. It opens again by itself after 1, 2, 4 … 15 seconds, until the server says that it is over.
const FINAL = new Set([4000, 4002]);
const LONGEST_WAIT = 15000;
const PING_EVERY = 15000;

export class Line extends EventTarget {
  #path;
  #hello;
  #socket = null;
  #tries = 0;
  #timer = 0;
  #beat = 0;
  #unanswered = 0;
  #isWanted = false;
  isWelcome = false;

  // hello: returns the message that is said first, each time.
  constructor(path, hello) {
    super();
    this.#path = path;
    this.#hello = hello;
    window.addEventListener("online", () => this.#openSoon(0));
    window.addEventListener("offline", () => this.#socket?.close());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#ping();
    });
  }

  open() {
    this.#isWanted = true;
    this.#tries = 0;
    this.#connect();
  }

  close() {
    this.#isWanted = false;
    this.isWelcome = false;
    window.clearTimeout(this.#timer);
    this.#socket?.close();
  }

  // Whether it was sent: what is said while the line is down is the caller's to keep.
  send(message) {
    if (!this.isWelcome || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #connect() {
    window.clearTimeout(this.#timer);
    if (this.#socket && this.#socket.readyState <= WebSocket.OPEN) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.#path}`);
    this.#socket = socket;
    socket.addEventListener("open", () => socket.send(JSON.stringify(this.#hello())));
    socket.addEventListener("message", (event) => this.#hear(socket, JSON.parse(event.data)));
    socket.addEventListener("close", (event) => this.#end(socket, event.code));
  }

  #hear(socket, message) {
    if (socket !== this.#socket) return;
    this.#unanswered = 0;
    if (message.type === "welcome") {
      this.isWelcome = true;
      this.#tries = 0;
      window.clearInterval(this.#beat);
      this.#beat = window.setInterval(() => this.#ping(), PING_EVERY);
    } else if (message.type === "refused" && message.code === "too_fast" && !this.isWelcome) {
      this.#tries = 4; // knocked too often: the door opens again in a while
      socket.close();
      return;
    }
    this.dispatchEvent(new CustomEvent(message.type, { detail: message }));
  }

  // A phone that was asleep finds its line dead without having been told.
  #ping() {
    if (!this.isWelcome) return;
    this.#unanswered += 1;
    if (this.#unanswered > 2) this.#end(this.#socket, 0);
    else this.send({ type: "ping" });
  }

  #end(socket, code) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    this.isWelcome = false;
    this.#unanswered = 0;
    window.clearInterval(this.#beat);
    if (code === 0) socket.close();
    if (!this.#isWanted || FINAL.has(code)) {
      this.#isWanted = false;
      return;
    }
    this.dispatchEvent(new CustomEvent("lost"));
    this.#openSoon(Math.min(1000 * 2 ** this.#tries, LONGEST_WAIT));
    this.#tries += 1;
  }

  #openSoon(wait) {
    if (!this.#isWanted) return;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#connect(), wait);
  }
}
