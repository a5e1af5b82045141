// Passkeys: a form marked `data-passkey` asks the browser for one, and sends what it gets as JSON.
//
// create: make a new one · get: use one of this account · login: use any of this site, instead of a password.

const isNumeric = /^[0-9.]+$|:/.test(location.hostname); // no passkey belongs to an IP address

if (window.PublicKeyCredential && !isNumeric) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run(form);
    });
  }
  document.querySelector("[data-passkey-missing]")?.remove();
}

async function run(form) {
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    const credential = form.dataset.passkey === "create" ? await make() : await use(await options(form));
    form.elements.credential.value = JSON.stringify(credential);
  } catch {
    failed.hidden = false;
    return;
  }
  form.submit();
}

async function options(form) {
  if (form.dataset.passkey !== "login") return shown();
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return (await response.json()).request_options.publicKey;
}

function shown() {
  return JSON.parse(document.getElementById("passkey-options").textContent).publicKey;
}

async function make() {
  const asked = shown();
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: (asked.excludeCredentials ?? []).map(known),
    },
  });
  return written(made, { attestationObject: text(made.response.attestationObject) });
}

async function use(asked) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: (asked.allowCredentials ?? []).map(known),
    },
  });
  const { authenticatorData, signature, userHandle } = used.response;
  return written(used, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

function known(credential) {
  return { ...credential, id: bytes(credential.id) };
}

function written(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

function bytes(base64url) {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function text(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
