// Copies what stands in a field: <button data-copy="id of the field" hidden>. Without a script it is marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  field.addEventListener("focus", () => field.select());
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    const template = document.getElementById("toast-copied");
    if (template) document.getElementById("toasts")?.append(template.content.cloneNode(true));
  });
}
