// The cards of a game, shuffled, each once before any comes again; and how an answer is told kindly.
export class Deal {
  constructor(root) {
    this.cards = [...root.querySelectorAll("[data-cards] li")].map((item) => ({
      text: item.dataset.text, kind: item.dataset.kind, said: item.dataset.said,
    }));
    this.left = [];
    this.extra = [];
  }

  next() {
    if (this.extra.length) return this.extra.shift();
    if (!this.left.length) this.left = [...this.cards].sort(() => Math.random() - 0.5);
    return this.left.pop();
  }
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

// Number keys choose while nothing is being typed.
export function byNumber(root, answers, choose) {
  root.addEventListener("keydown", (event) => {
    if (event.target.matches("input[type=text]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const answer = answers[Number(event.key) - 1];
    if (answer) choose(answer);
  });
}
