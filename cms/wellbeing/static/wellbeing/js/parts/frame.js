// What both games share: a beginning, and a kind end when today's time is used up.
import { Cap } from "./cap.js";

export function frame(root, { begin, over }) {
  const start = root.querySelector("[data-start]");
  const play = root.querySelector("[data-play]");
  const rest = root.querySelector("[data-rest]");
  const cap = new Cap(root, {
    over: () => {
      play.hidden = start.hidden = true;
      rest.hidden = false;
      rest.focus();
      over();
    },
  });
  if (cap.isOver) {
    start.hidden = true;
    rest.hidden = false;
    return;
  }
  start.hidden = false;
  start.querySelector("button").addEventListener("click", () => {
    start.hidden = true;
    play.hidden = false;
    cap.run();
    begin();
  });
  root.querySelector("[data-enough]").addEventListener("click", () => cap.end());
}
