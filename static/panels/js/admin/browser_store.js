// Input that has not reached the server yet, stored in this browser: forms by name, under one key for each page.
// If the browser cannot store it (private window, no space), only the server does.
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
      // ignored, so as not to interrupt typing
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
