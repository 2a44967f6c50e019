/** Hands the loader the modules that lie in the same script. */
import { sources } from './sources.js';
import * as view from './view.js';
import * as worker from './worker.js';

sources.view = async () => view;
sources.worker = async () => worker;
