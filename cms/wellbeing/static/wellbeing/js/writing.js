// Practices that are written: the words stay in this tab unless they are kept.
import { Draft } from "./parts/draft.js";
import { startRun } from "./parts/run.js";

startRun();
document.querySelectorAll("[data-writing]").forEach((root) => new Draft(root, root.dataset.writing));
