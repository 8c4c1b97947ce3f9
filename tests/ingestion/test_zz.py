
S="""
format = "delimited"
header = false
columns = ["n", "v"]
[[source.emit]]
event_from = "n"
timestamp = "'2025-01-01'"
COL = "v"
"""
def test_b(bench):
    def t(col, values, ev="Order Completed"):
        r=bench.map(S.replace("COL",col), "".join(f'{ev},"{v}"\n' for v in values))
        print(col); 
        f={x[0]:x[1:] for x in r.faults}; e={x["_line"]:x[col] for x in r.events}
        for i,v in enumerate(values,1): print("   ",repr(v), f.get(i), repr(e.get(i)))
    t("revenue",["1.5","NaN","inf","-Infinity","1e400","1e5","1,5","1_000"," 2 ","","0x10","1.23456","99999999999999","999999999999999","-3","+4",".5","1.","TRUE","$5","1 000","١","1e-9","12345678901234567890"])
    t("quantity",["1","2.0","1.5","2.5","-1","1e3","9223372036854775808","NaN","0x1f","1_000","abc","0"])
    t("price",["-1","0","1e9"])
    t("quantity",["-1"],"Order Refunded"); t("quantity",["-1"],"Order Cancelled"); t("quantity",["-1"],"Page Viewed")
T="""
format = "delimited"
header = false
columns = ["v"]
timestamps = "MODE"
[[source.emit]]
event = "Order Completed"
timestamp = "v"
"""
def test_c(bench):
    vals=["2025-01-01","2025-01-01 10:00","2025-01-01T10:00:00","2025-01-01 10:00:00.123456789","2025-01-01T10:00:00Z","2025-01-01T10:00:00z","2025-01-01T10:00:00+02:00","2025-01-01T10:00:00+0200","2025-01-01T10:00:00-08","2025-03-30 02:30:00","2025-03-30 03:00:00","2025-03-30 01:59:59","2025-10-26 02:30:00","2025-10-26 02:00:00","2025-10-26 03:00:00","2025-10-26 01:59:59","2025-13-45 25:61","","now","today","infinity","-infinity","epoch","1/2/2025 10:00","12/1/2010 8:26:00","20250101","1735689600","2025-01-01 24:00:00","2025-02-29","2025-06-30 23:59:60","99999-01-01","0001-01-01","2025-01-01 10:00:00 UTC","2025-01-01 10:00:00 Europe/Berlin","2025-01-01 10:00:00+02:00:00", "2025-01-01 (BC)", "2025-1-1", "2025-01-01 10", "2025-01-01T10:00Z", "2025-01-01T10:00:00+25:00"]
    for mode in ("local","offset"):
        r=bench.map(T.replace("MODE",mode), "".join(f'"{v}"\n' for v in vals))
        f={x[0]:x[1:] for x in r.faults}; e={x["_line"]:x["timestamp"] for x in r.events}
        print(mode)
        for i,v in enumerate(vals,1): print("   ",repr(v), f.get(i), str(e.get(i)))
