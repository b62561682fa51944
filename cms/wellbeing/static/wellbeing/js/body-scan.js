// The body scan: timed steps, read aloud where that is wished and a voice of this device can.
import { startRun } from "./parts/run.js";
import { Timed } from "./parts/timed.js";

startRun();
document.querySelectorAll("[data-timed]").forEach((root) => new Timed(root));
