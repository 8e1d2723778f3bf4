using System.Text;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class RefusalReaderTests
{
    [Theory]
    // ASP.NET Core, by member and by pointer.
    [InlineData("""{"title":"One or more validation errors occurred.","status":400,"errors":{"Email":["The Email field is required."]}}""", "/Email", "required")]
    [InlineData("""{"status":400,"errors":{"/items/0/quantity":["must be at least 1"]}}""", "/items/0/quantity", "min 1")]
    [InlineData("""{"status":400,"errors":{"query:limit":["must be between 1 and 100"]}}""", "query:limit", "min 1 max 100")]
    // class-validator, as NestJS shows it, and by constraints.
    [InlineData("""{"statusCode":400,"message":["email must be an email","password must be longer than or equal to 6 characters"],"error":"Bad Request"}""", "/password", "length 6-")]
    [InlineData("""{"statusCode":400,"message":["property nick should not exist"],"error":"Bad Request"}""", "/nick", "drop")]
    [InlineData("""{"message":["role must be one of the following values: admin, user"]}""", "/role", "one of admin,user")]
    [InlineData("""{"status":422,"errors":{"firstName":"isNotEmpty"}}""", "/firstName", "required")]
    [InlineData("""[{"property":"age","constraints":{"isInt":"age must be an integer number"}}]""", "/age", "integer")]
    // zod: issues, flattened, and as text.
    [InlineData("""{"error":{"issues":[{"code":"invalid_type","path":["price"],"message":"Expected number, received string"}],"name":"ZodError"}}""", "/price", "number")]
    [InlineData("""{"errors":{"fieldErrors":{"title":["Required"]},"formErrors":[]}}""", "/title", "required")]
    [InlineData("""{"message":"[{\"path\":[\"body\",\"name\"],\"message\":\"String must contain at least 3 character(s)\"}]"}""", "/name", "length 3-")]
    // Joi and celebrate.
    [InlineData("""{"statusCode":400,"message":"\"password\" length must be at least 8 characters long"}""", "/password", "length 8-")]
    [InlineData("""{"details":[{"message":"\"age\" must be a number","path":["age"],"type":"number.base"}]}""", "/age", "number")]
    [InlineData("""{"message":"\"a\" is required, \"b\" must be one of [x, y]"}""", "/b", "one of x,y")]
    // express-validator, both of its ages.
    [InlineData("""{"errors":[{"msg":"Invalid value, must be a valid email","param":"email","location":"body"}]}""", "/email", "email")]
    [InlineData("""{"errors":[{"type":"field","msg":"is required","path":"title","location":"body"}]}""", "/title", "required")]
    // Fastify.
    [InlineData("""{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body must have required property 'name'"}""", "/name", "required")]
    [InlineData("""{"message":"body/age must be integer"}""", "/age", "integer")]
    // Django REST framework.
    [InlineData("""{"username":["This field is required."]}""", "/username", "required")]
    [InlineData("""{"email":["user with this email already exists."]}""", "/email", "unique")]
    [InlineData("""{"category":["Invalid pk \"7\" - object does not exist."]}""", "/category", "reference")]
    [InlineData("""{"tags":{"non_field_errors":["Expected a list of items but got type \"dict\"."]}}""", "/tags", "array")]
    [InlineData("""{"tags":[{"non_field_errors":["Invalid data. Expected a dictionary, but got str."]}]}""", "/tags/0", "object")]
    [InlineData("""{"tags":[{"label":["This field is required."]}]}""", "/tags/0/label", "required")]
    // pydantic, both of its ages.
    [InlineData("""{"detail":[{"loc":["body","user","email"],"msg":"field required","type":"value_error.missing"}]}""", "/user/email", "required")]
    [InlineData("""{"detail":[{"type":"greater_than_equal","loc":["body","qty"],"msg":"Input should be greater than or equal to 1","ctx":{"ge":1}}]}""", "/qty", "min 1")]
    // Rails.
    [InlineData("""{"errors":{"title":["can't be blank"]}}""", "/title", "required")]
    [InlineData("""{"errors":["Email has already been taken"]}""", "/Email", "unique")]
    // Spring.
    [InlineData("""{"timestamp":"2026-01-01","status":400,"errors":[{"field":"name","defaultMessage":"must not be blank","code":"NotBlank"}],"path":"/x"}""", "/name", "required")]
    [InlineData("""{"violations":[{"propertyPath":"count","message":"must be greater than or equal to 5"}]}""", "/count", "min 5")]
    // Handwritten.
    [InlineData("""{"error":"Missing required fields: name, price"}""", "/price", "required")]
    [InlineData("""{"error":"name and price are required"}""", "/name", "required")]
    [InlineData("Title is required", "/Title", "required")]
    public void A_refusal_names_its_field_and_what_it_asks_for(string body, string field, string rule)
    {
        var complaints = RefusalReader.Read(new WireResponse(400, [], Encoding.UTF8.GetBytes(body), false));
        Assert.Contains((field, rule), complaints.Select(complaint => (complaint.Field, Shown(ComplaintRules.Of(complaint)))));
    }

    [Theory]
    [InlineData("""{"name":["This field is required."]}""", true)]
    [InlineData("""{"errors":{"Email":["The Email field is required."]}}""", true)]
    [InlineData("""{"tags":[{"label":["This field is required."]}]}""", true)]
    [InlineData("""{"tags":{"non_field_errors":["Expected a list of items but got type \"str\"."]}}""", true)]
    [InlineData("""{"user":{"id":7,"roles":[]}}""", false)]
    [InlineData("""{"detail":"You do not have permission to perform this action."}""", false)]
    [InlineData("""{"message":["Forbidden resource"],"errors":["Admin access is required"]}""", false)]
    [InlineData("""{"non_field_errors":["You already own one of that name."]}""", false)]
    [InlineData("Admin access required", false)]
    public void Fields_that_are_refused_are_told_from_who_is_refused(string body, bool isByField) =>
        Assert.Equal(isByField, RefusalReader.IsByField(new WireResponse(403, [], Encoding.UTF8.GetBytes(body), false)));

    [Theory]
    [InlineData("")]
    [InlineData("<html>no</html>")]
    [InlineData("[[[[[[[[1]]]]]]]]")]
    [InlineData("""{"errors":null,"message":7}""")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":"deep"}}}}}}}}""")]
    public void What_says_nothing_teaches_nothing(string body) =>
        Assert.DoesNotContain(RefusalReader.Read(new WireResponse(400, [], Encoding.UTF8.GetBytes(body), false)), complaint => ComplaintRules.Of(complaint) is not null);

    private static string Shown(FieldRule? rule)
    {
        if (rule is null) return "nothing";
        if (rule.Drop) return "drop";
        if (rule.Unique) return "unique";
        if (rule.Reference) return "reference";
        if (rule.OneOf.Count > 0) return "one of " + string.Join(',', rule.OneOf);
        if (rule.MinLength is not null || rule.MaxLength is not null) return $"length {rule.MinLength}-{rule.MaxLength}";
        if (rule.Minimum is not null || rule.Maximum is not null) return string.Join(' ', new[] { rule.Minimum is { } min ? $"min {min}" : null, rule.Maximum is { } max ? $"max {max}" : null }.OfType<string>());
        return rule.Type ?? rule.Format ?? (rule.Required ? "required" : "nothing");
    }
}
