// The way into sleep: timed steps over a murmur, in a dark frame.
import { startRun } from "./parts/run.js";
import { Timed } from "./parts/timed.js";

startRun();
document.querySelectorAll("[data-timed]").forEach((root) => new Timed(root, { murmurs: true }));
