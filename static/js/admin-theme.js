// Before anything is painted: the theme that the person has chosen in the portal.
document.documentElement.dataset.theme = document.currentScript.dataset.theme;
