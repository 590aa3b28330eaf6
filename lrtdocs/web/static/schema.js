/* What may stand at a place of a YAML file, by its JSON Schema. The text is read by its
   indentation, line by line: while somebody types it is seldom whole. */

const KEY = /^("[^"]*"|'[^']*'|[^\s#:{}[\],"'-][^:#{}[\],]*?)\s*:(?=\s|$)/;

/** Return the dashes and the key that `line` begins with: {dashes: [columns], key, column, rest}. */
function pieces(line) {
  const dashes = [];
  let at = line.match(/^ */)[0].length;
  for (let dash = line.slice(at).match(/^-(\s+|$)/); dash; dash = line.slice(at).match(/^-(\s+|$)/)) {
    dashes.push(at);
    at += dash[0].length;
  }
  const key = line.slice(at).match(KEY);
  return {
    dashes,
    column: at,
    key: key ? key[1].replace(/^["']|["']$/g, "") : null,
    rest: key ? line.slice(at + key[0].length) : line.slice(at),
  };
}

/** Return the path above the column `column` of line `index`: keys, and "-" for an item of a list. */
function pathAbove(lines, index, column, dash = false) {
  const path = [];
  let keysBefore = dash ? column + 1 : column; // a list may stand at the column of its own key
  let dashesBefore = column;
  for (let at = index - 1; at >= 0 && (keysBefore > 0 || dashesBefore > 0); at -= 1) {
    if (/^\s*(#|$)/.test(lines[at])) continue;
    const { dashes, column: start, key } = pieces(lines[at]);
    if (key !== null && start < keysBefore) {
      path.unshift(key);
      keysBefore = dashesBefore = start;
    }
    for (const one of [...dashes].reverse()) {
      if (one >= dashesBefore) continue;
      path.unshift("-");
      dashesBefore = one;
      keysBefore = one + 1;
    }
  }
  return path;
}

/** Return where a cursor is: {path, key} where a key is typed, {path, value} where a value is.
 *
 * `path` is that of the mapping, or that of the value; `from` is the column where it begins. */
export function contextAt(lines, index, column) {
  const line = lines[index].slice(0, column);
  if (/(^|\s)#/.test(line)) return null;
  const { dashes, column: start, key, rest } = pieces(line);
  let path = pathAbove(lines, index, dashes.length ? dashes[0] : start, dashes.length > 0);
  for (const _ of dashes) path = [...path, "-"];
  if (key !== null) path = [...path, key];
  const open = rest.lastIndexOf("{");
  if (open > rest.lastIndexOf("}")) return inFlow(path, rest.slice(open + 1), column);
  if (key !== null) {
    const value = rest.replace(/^\s+/, "");
    return { path, value, from: column - value.length };
  }
  return { path, key: rest, from: column - rest.length, value: dashes.length ? rest : null };
}

function inFlow(path, text, column) {
  const last = text.slice(text.lastIndexOf(",") + 1).replace(/^\s+/, "");
  const key = last.match(KEY);
  if (!key) return { path, key: last, from: column - last.length, value: null };
  const value = last.slice(key[0].length).replace(/^\s+/, "");
  return { path: [...path, key[1]], value, from: column - value.length };
}

/** Return the schemas that hold at `path`, each without references and choices. */
export function schemasAt(root, path) {
  let found = flat(root, [root]);
  for (const step of path) {
    const next = [];
    for (const one of found) {
      if (step === "-") next.push(one.items);
      else next.push((one.properties || {})[step] || one.additionalProperties);
    }
    found = flat(root, next);
  }
  return found;
}

function flat(root, schemas) {
  const done = [];
  const seen = new Set();
  const todo = [...schemas];
  while (todo.length) {
    const one = todo.shift();
    if (!one || typeof one !== "object" || seen.has(one)) continue;
    seen.add(one);
    if (one.$ref) todo.push(one.$ref.split("/").slice(1).reduce((at, name) => at[name], root));
    todo.push(...(one.anyOf || []), ...(one.oneOf || []), ...(one.allOf || []));
    done.push(one);
  }
  return done;
}

/** Return the keys of the mapping at `path`: [{name, schema, needed}], the needed ones first. */
export function keysAt(root, path) {
  const found = new Map();
  for (const one of schemasAt(root, path)) {
    for (const [name, schema] of Object.entries(one.properties || {})) {
      const needed = (one.required || []).includes(name);
      if (!found.has(name)) found.set(name, { name, schema, needed });
    }
  }
  return [...found.values()].sort((a, b) => Number(b.needed) - Number(a.needed));
}

/** Return the values that are chosen from at `path`. */
export function valuesAt(root, path) {
  return [...new Set(schemasAt(root, path).flatMap((one) => one.enum || []))].map(String);
}

/** Return what follows a key with this `schema`: on its line, or below it with more room. */
export function isNested(root, schema) {
  const all = flat(root, [schema]);
  const types = all.flatMap((one) => one.type || []);
  const plain = all.some((one) => one.enum) || types.includes("string") || types.includes("boolean");
  return !plain && all.some((one) => one.properties || one.items || one.additionalProperties);
}

/** Return the names of the keys beside line `index`, of the mapping whose keys begin at `column`. */
export function siblings(lines, index, column) {
  const found = new Set();
  for (const step of [-1, 1]) {
    for (let at = index + step; at >= 0 && at < lines.length; at += step) {
      if (/^\s*(#|$)/.test(lines[at])) continue;
      const { dashes, column: start, key } = pieces(lines[at]);
      if (start === column && key !== null) {
        if (step === 1 && dashes.length) break;
        found.add(key);
        if (dashes.length) break;
      } else if (start < column) break;
    }
  }
  return found;
}
