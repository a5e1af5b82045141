// What was typed and has not reached the server yet, kept in this browser: forms by their names, under one key a page.
// Where the browser keeps nothing (a private window, no room left) the server alone keeps it.
export function browserStore(key) {
  const all = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  };
  const write = (forms) => {
    try {
      if (Object.keys(forms).length) localStorage.setItem(key, JSON.stringify(forms));
      else localStorage.removeItem(key);
    } catch {
      // nothing to be done: whoever types is not to be interrupted
    }
  };
  return {
    all,
    put: (name, values) => write({ ...all(), [name]: values }),
    drop: (name) => {
      const { [name]: _gone, ...rest } = all();
      write(rest);
    },
  };
}
