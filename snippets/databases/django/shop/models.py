from django.db import models


# --8<-- [start:table]
class Item(models.Model):
    name = models.TextField(unique=True)
    stock = models.PositiveIntegerField()  # the database checks it too: CHECK (stock >= 0)

    class Meta:
        db_table = "item"


# --8<-- [end:table]
