// Send requests to the server, and show its messages to the editor.
export const desk = document.getElementById("desk");
export const session = document.getElementById("session");
export const notices = document.getElementById("notices");

export const token = () =>
  document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ??
  desk.querySelector("[name=csrfmiddlewaretoken]").value;

// The JSON of a response; null, with a message to the editor, if there is none.
export async function ask(address, data) {
  data?.set("csrfmiddlewaretoken", token());
  try {
    const answer = await fetch(address, {
      method: data ? "POST" : "GET",
      body: data,
      headers: { Accept: "application/json" },
    });
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) {
      notify(desk.dataset.signedOut, "error");
      return null;
    }
    const told = await answer.json();
    if (answer.status >= 500) {
      notify(told.detail, "error");
      return null;
    }
    return told;
  } catch {
    notify(desk.dataset.unreachable, "error");
    return null;
  }
}

export function notify(text, level, ...more) {
  const notice = document.createElement("p");
  notice.className = `notice ${level}`;
  notice.append(text, ...more);
  notices.querySelectorAll(".notice").forEach((old) => old.remove());
  notices.append(notice);
}

export function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "small";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
