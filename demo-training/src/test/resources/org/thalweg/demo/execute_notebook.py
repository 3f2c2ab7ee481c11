"""Executes a notebook with a Java kernel and prints the output of its cells: execute_notebook.py NOTEBOOK FOLDER JAVA CLASSPATH"""

import json
import os
import sys

notebook, folder, java, class_path = sys.argv[1:]
kernel = os.path.join(folder, "kernels", "java")
os.makedirs(kernel)
with open(os.path.join(kernel, "kernel.json"), "w") as file:
    json.dump(
        {
            "display_name": "Java",
            "language": "java",
            "interrupt_mode": "message",
            "argv": [java, "-Xmx1g", "-cp", class_path, "org.rapaio.jupyter.kernel.MainApp", "{connection_file}"],
        },
        file,
    )
# The user's own files are neither read nor written.
os.environ["JUPYTER_PATH"] = folder
for name in "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR":
    os.environ[name] = os.path.join(folder, name)

import nbclient
import nbformat

# Sometimes this kernel starts without publishing anything, and nbclient would wait forever.
STARTS = 12
for start in range(STARTS):
    cells = nbformat.read(notebook, as_version=4)
    try:
        nbclient.NotebookClient(cells, timeout=240, startup_timeout=25, kernel_name="java").execute()
        break
    except RuntimeError as error:
        if "respond" not in str(error) or start == STARTS - 1:
            raise
for cell in cells.cells:
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            print(output.text, end="")
        else:
            for kind, text in output.data.items():
                print(kind, text[:200])
