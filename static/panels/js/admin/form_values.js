// The values of a form as plain data, and back. Inline rows are identified by the key of their object rather than by
// position, because somebody else may have added or deleted rows in the meantime.
const LEFT_OUT = new Set(["csrfmiddlewaretoken"]);
const LEFT_OUT_TYPES = new Set(["password", "file", "submit", "button", "image", "reset"]);
const MANAGEMENT = /-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/;

const prefixesOf = (form) =>
  [...form.querySelectorAll("input[name$='-TOTAL_FORMS']")].map(({ name }) => name.replace(MANAGEMENT, ""));

const isTwoLists = (field) => field.multiple && field.id.endsWith("_to"); // chosen ones in a list beside the others

function isKept(field) {
  const { name, type } = field;
  if (!name || LEFT_OUT.has(name) || LEFT_OUT_TYPES.has(type) || MANAGEMENT.test(name)) return false;
  return !name.includes("__prefix__") && !name.endsWith("_old") && !/password/i.test(name);
}

function valueOf(field) {
  if (field.type === "checkbox") return field.checked;
  if (field.tagName !== "SELECT") return field.value;
  const chosen = isTwoLists(field) ? field.options : field.selectedOptions;
  return [...chosen].map((option) => [option.value, option.text]);
}

const isUnchosen = (field) => field.type === "radio" && !field.checked;

export function snapshot(form) {
  const values = { fields: {}, rows: {} };
  const prefixes = prefixesOf(form);
  for (const prefix of prefixes) values.rows[prefix] = [];
  for (const field of form.elements) {
    if (!isKept(field) || isUnchosen(field)) continue;
    const prefix = prefixes.find((one) => field.name.startsWith(`${one}-`));
    const [, number, name] = (prefix && field.name.slice(prefix.length).match(/^-(\d+)-(.+)$/)) ?? [];
    if (name === undefined) values.fields[field.name] = valueOf(field);
    else (values.rows[prefix][number] ??= {})[name] = valueOf(field);
  }
  for (const prefix of prefixes) values.rows[prefix] = values.rows[prefix].filter(Boolean);
  return values;
}

// The version token and the row numbers are not input.
function wordsOf({ fields, rows }) {
  const plain = (value) => JSON.stringify(value).replaceAll("\\r\\n", "\\n");
  const typed = Object.entries(fields).filter(([name]) => name !== "version");
  const inRows = Object.entries(rows).flatMap(([prefix, some]) =>
    some.map((row) => plain([prefix, Object.entries(row).sort()])),
  );
  return [...typed.map(plain), ...inRows].sort();
}

export const isSame = (one, other) => JSON.stringify(wordsOf(one)) === JSON.stringify(wordsOf(other));

// Whether a form contains all stored values; it may have more rows, added by others.
export function holds(values, kept) {
  const words = new Set(wordsOf(values));
  return wordsOf(kept).every((one) => words.has(one));
}

function setTwoLists(field, wanted) {
  const from = field.id.replace(/_to$/, "_from");
  const keys = new Set(wanted.map(([key]) => key));
  for (const option of document.getElementById(from).options) option.selected = keys.has(option.value);
  window.SelectBox.move(from, field.id);
  for (const option of field.options) option.selected = !keys.has(option.value);
  window.SelectBox.move(field.id, from);
}

function setChosen(field, wanted) {
  for (const option of field.options) option.selected = false;
  for (const [key, label] of wanted) {
    const option = [...field.options].find(({ value }) => value === key) ?? field.appendChild(new Option(label, key));
    option.selected = true;
  }
}

function set(field, value) {
  if (field instanceof RadioNodeList) field.value = value;
  else if (!field || !isKept(field)) return;
  else if (field.type === "checkbox") field.checked = value;
  else if (field.tagName !== "SELECT") field.value = value;
  else if (isTwoLists(field)) setTwoLists(field, value);
  else setChosen(field, value);
  if (field.tagName === "SELECT") field.dispatchEvent(new Event("change", { bubbles: true }));
}

// The number of the row for the same object, or of a new row.
function numberOf(form, prefix, row, taken) {
  const total = form.elements[`${prefix}-TOTAL_FORMS`];
  const key = row.id ?? "";
  for (let number = 0; number < Number(total.value); number += 1) {
    if (!taken.has(number) && (form.elements[`${prefix}-${number}-id`]?.value ?? "") === key) return number;
  }
  const before = Number(total.value);
  document.querySelector(`#${prefix}-group .add-row a`)?.click();
  return Number(total.value) > before ? before : null;
}

export function restore(form, { fields, rows }) {
  for (const [name, value] of Object.entries(fields)) set(form.elements.namedItem(name), value);
  for (const [prefix, kept] of Object.entries(rows)) {
    const taken = new Set();
    for (const row of kept) {
      const number = numberOf(form, prefix, row, taken);
      if (number === null) continue;
      taken.add(number);
      for (const [name, value] of Object.entries(row)) {
        if (name !== "id") set(form.elements.namedItem(`${prefix}-${number}-${name}`), value);
      }
    }
  }
}
