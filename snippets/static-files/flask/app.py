from flask import Flask, render_template

# --8<-- [start:static]
app = Flask(__name__)  # serves static/ beside this file under /static/
# --8<-- [end:static]


# --8<-- [start:page]
@app.get("/")
def index():
    return render_template("index.html")  # url_for('static', filename='style.css')


# --8<-- [end:page]
if __name__ == "__main__":
    app.run(port=8000)
