// The ladder: each step's two ratings are said side by side.
import { Draft } from "./parts/draft.js";
import { changeText, startRun } from "./parts/run.js";

function follow(step) {
  const [before, after] = step.querySelectorAll("select");
  const said = step.querySelector("[data-step-change]");
  const show = () => { said.textContent = changeText(step, before.value, after.value); };
  step.addEventListener("change", show);
  show();
}

startRun();
document.querySelectorAll("[data-ladder]").forEach((root) => {
  new Draft(root, root.dataset.ladder);
  const steps = root.querySelectorAll("[data-step]");
  steps.forEach(follow);
  root.addEventListener("cleared", () => steps.forEach((step) => step.dispatchEvent(new Event("change"))));
});
