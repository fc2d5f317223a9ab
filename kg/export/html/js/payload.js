// Blocks of data in the page: base64, deflated, JSON.

/**
 * @param {string} text base64
 * @returns {Uint8Array}
 */
function bytes(text) {
  const native = /** @type {any} */ (Uint8Array).fromBase64;
  if (native) return native.call(Uint8Array, text);
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
  return out;
}

/**
 * Text of a block.
 * @param {Element} element
 * @returns {Promise<string>}
 */
export async function unpackText(element) {
  const data = bytes((element.textContent || "").trim());
  const stream = new Blob([/** @type {any} */ (data)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/**
 * Value of a block of JSON.
 * @param {Element} element
 * @returns {Promise<any>}
 */
export async function unpack(element) {
  return JSON.parse(await unpackText(element));
}

/**
 * Run the vendored library: its text is named by hash in the page's policy.
 * @returns {Promise<any>} its namespace
 */
export async function loadLibrary() {
  const block = /** @type {Element} */ (document.getElementById("kg-library"));
  const script = document.createElement("script");
  script.textContent = await unpackText(block);
  document.head.append(script);
  block.remove();
  return /** @type {any} */ (window).vis;
}

/**
 * Undo the steps of an ascending column.
 * @param {number[]} steps
 */
export function running(steps) {
  const out = new Int32Array(steps.length);
  let sum = 0;
  for (let i = 0; i < steps.length; i++) out[i] = sum += steps[i];
  return out;
}
