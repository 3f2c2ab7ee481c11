import { FileSource, ServerSource } from './data/sources.js';
import { App } from './view/app.js';

const data = JSON.parse(document.getElementById('data').textContent);
new App(data.live ? new ServerSource() : new FileSource(data));
