import { html, nothing } from '../../vendor/lit-html.js';

/** The name of a class, below its code; nothing when it says no more. */
export function otherName({ code, name }) {
  return name === code || name === '' ? nothing : html`<span>${name}</span>`;
}
